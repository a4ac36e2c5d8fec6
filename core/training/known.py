"""What the log has of an entrant that goes on: changes to make again, steps that are told already.

An entrant goes on from a checkpoint, which the log may be ahead of. Until it is there, it repeats
what is known, and the past cannot be changed: what is asked of it holds from there on.
"""

from core.optimizers import Optimizer
from core.training.standing import Change, Standing, changed


class Known:
    """The log's word on an entrant, with the changes that still lie ahead of it."""

    def __init__(self, standing: Standing | None = None, step: int = 0) -> None:
        """Take where the log has it, and the step that it goes on from."""
        self._standing = standing or Standing()
        self._ahead = [each for each in self._standing.changes if each.step >= step]

    @property
    def next(self) -> int | None:
        """The step of the next change."""
        return self._ahead[0].step if self._ahead else None

    def due(self, step: int) -> list[Change]:
        """Take the changes that belong to a step or to one before it."""
        taken = [each for each in self._ahead if each.step <= step]
        del self._ahead[: len(taken)]
        return taken

    def place(self, step: int, cost: dict[str, float]) -> tuple[int, dict[str, float]]:
        """Give the later of two places, this one and the log's, and what it had cost there."""
        known = self._standing
        if step >= known.step:
            return step, cost
        return known.step, {"seconds": known.seconds, "gradients": known.gradients}

    def add(self, declaration: Optimizer, hyperparameter: str, value: float, step: int) -> Change:
        """Note one more change from the next new step on; raises Refusal.

        `declaration` has the changes up to `step`, where the entrant is.
        """
        after = changed(self.latest(declaration), hyperparameter, value)
        change = Change(
            step=max(step, self._standing.step),
            hyperparameter=hyperparameter,
            value=getattr(after, hyperparameter),
        )
        self._ahead.append(change)
        return change

    def latest(self, declaration: Optimizer) -> Optimizer:
        """Give a declaration as it is after all changes that lie ahead."""
        for each in self._ahead:
            declaration = changed(declaration, each.hyperparameter, each.value)
        return declaration
