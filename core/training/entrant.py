"""One entrant of a race: its network, its optimizer, its own clock and count of gradients."""

import copy
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from core.optimizers import Optimizer
from core.training.batches import Batches, Seen
from core.training.best import Best
from core.training.control import Control, Interrupted
from core.training.known import Known
from core.training.learner import Learner
from core.training.looks import Looks
from core.training.numbers import finite
from core.training.snapshot import State
from core.training.standing import Standing, changed

Event = dict[str, Any]

COUNTS = ("step", "settled", "gradients", "seconds", "last_loss", "epoch_began", "looked", "moved")
RUNAWAY = 1e6  # a training loss that no network comes back from with anything learnt


def clock(device: torch.device) -> Callable[[], float]:
    """Give the clock of training on a device: the thread's CPU seconds, or seconds on a GPU."""
    return time.thread_time if device.type == "cpu" else time.perf_counter


class Entrant:
    """Trains one copy of the network, slice by slice; every slice is told as events.

    `step` counts minibatches consumed, `gradients` gradient evaluations in units of one minibatch,
    `seconds` its own training alone: neither evaluation nor the other entrants' turns, and on a
    CPU the processor's time, so that other programs on the machine do not lengthen it. `settled` is
    the step up to which evaluations, epochs and the end were told.
    """

    def __init__(
        self,
        index: int,
        declaration: Optimizer,
        model: nn.Module,
        batches: Batches,
        looks: Looks | None = None,
        repeat: int = 0,
    ) -> None:
        """Take a network with its repeat's initial weights; `looks` None: only losses are told."""
        self.index = index
        self.repeat = repeat
        self.step = 0
        self.settled = 0
        self.gradients = 0
        self.seconds = 0.0
        self.over = False
        self.last_loss: float | None = None
        self.epoch_began = 0.0  # on this entrant's clock
        self.looked = -1  # the epoch that was looked at last
        self.moved: float | None = None  # norm of the step that led to an evaluation
        self.batches = batches
        self.best = Best()
        self.looks = looks
        self._seen: Seen | None = None
        self.learner = Learner(declaration, model, batches)
        self._clock = clock(batches.device)
        self._known = Known()

    @property
    def declaration(self) -> Optimizer:
        """The optimizer with the hyperparameters that it has now."""
        return self.learner.declaration

    @property
    def due(self) -> int:
        """The next step at which something is to be told or changed."""
        every = self.batches.evaluate_every
        change = self._known.next
        ends = (self.settled // every + 1) * every, self.batches.total
        return min(ends) if change is None else min(*ends, change)

    @property
    def epoch_ended(self) -> bool:
        """Whether an epoch has ended that is not told yet."""
        return self.step // self.batches.per_epoch > self.settled // self.batches.per_epoch

    def advance(self, budget: float, until: int, control: Control) -> Iterator[Event]:
        """Train for about `budget` seconds, at most to step `until`, at least one step."""
        with self.learner.dice.in_hand():
            steps, losses = self._slice(budget, until, control)
        bad = next((at for at, loss in enumerate(losses) if not loss <= RUNAWAY), None)
        reason = ""
        if bad is not None:
            self.step = steps[bad]
            reason = _reason(losses[bad], self.step)
            steps, losses = steps[:bad], losses[:bad]
        if losses:
            self.last_loss = losses[-1]
            yield self._event("steps", step=steps, loss=losses, **self._cost())
        if reason:
            yield self._diverged(reason)

    def settle(self, control: Control) -> Iterator[Event]:
        """Tell what is due at this step, then make the changes that belong to it."""
        every, before, ended = self.batches.evaluate_every, self.settled, self.epoch_ended
        self.settled = self.step
        at_end = before < self.step >= self.batches.total
        if not self.over and (at_end or self.step // every > before // every):
            yield self.evaluate(control)
        yield from self.look(control)
        if not self.over and ended:
            yield self.epoch()
        if not self.over and at_end:
            if self.batches.test_count:
                yield self.tested(control)
            yield self.done()
        self._make_changes()

    def evaluate(self, control: Control) -> Event:
        """Tell loss and accuracy on the validation images, or that the weights are past that."""
        if not self.learner.finite():
            return self._diverged(f"A weight is not a finite number after step {self.step:,}.")
        return self.evaluated(self.batches.evaluate(self.learner.model, control))

    def evaluated(self, seen: Seen) -> Event:
        """Tell these results as those of this step."""
        self._seen = seen
        self.best.see(self.learner.model, self.step, seen.accuracy)
        return self._event(
            "evaluation",
            step=self.step,
            epoch=self.step / self.batches.per_epoch,
            loss=finite(seen.loss),
            accuracy=seen.accuracy,
            **self._cost(),
            gauges=self.learner.gauges(self.step, self.moved),
        )

    def tested(self, control: Control) -> Event:
        """Tell what the last weights, and those best in validation, do on the test images.

        It is for the end: the test split has no say in anything, and is looked at only here.
        """
        model = copy.deepcopy(self.learner.model)
        last = best = self._test(model, self.step, control)
        if self.best.step != self.step:
            self.best.put_into(model)
            best = self._test(model, self.best.step, control)
        return self._event("tested", images=self.batches.test_count, best=best, last=last)

    def _test(self, model: nn.Module, step: int, control: Control) -> dict[str, float | None]:
        seen = self.batches.test(model, control)
        return {
            "step": step,
            "epoch": step / self.batches.per_epoch,
            "test_loss": finite(seen.loss),
            "test_accuracy": seen.accuracy,
        }

    def look(self, control: Control) -> Iterator[Event]:
        """Tell more about the network, once in each epoch; right after an evaluation."""
        epoch = self.step // self.batches.per_epoch
        seen, self._seen = self._seen, None  # at a later step it would be another network's
        if self.over or self.looks is None or seen is None or self.looked == epoch:
            return
        self.looked = epoch
        self.looks.keep(self.index, self.step, epoch, self.learner.model)
        for kind, facts in self.looks.facts(self.learner.model, seen, epoch, control):
            yield self._event(kind, step=self.step, epoch=epoch, **facts)

    def epoch(self) -> Event:
        """Tell that an epoch is over, and what it took."""
        took = self.seconds - self.epoch_began
        self.epoch_began = self.seconds
        return self._event("epoch", epoch=self.step // self.batches.per_epoch, seconds=took)

    def done(self) -> Event:
        """Tell that all steps are made."""
        self._leave()
        return self._event("done", step=self.step, **self._cost())

    def withdraw(self) -> Event:
        """Leave the race where it stands, or where the log has it if it is not there yet."""
        self._leave()
        step, cost = self._known.place(self.step, self._cost())
        return self._event("withdrawn", step=step, **cost)

    def change(self, hyperparameter: str, value: float) -> Event:
        """Change a hyperparameter from the next step on that the log has not; raises Refusal."""
        before = getattr(self._known.latest(self.declaration), hyperparameter, None)
        change = self._known.add(self.declaration, hyperparameter, value, self.step)
        self._make_changes()
        after = getattr(self._known.latest(self.declaration), hyperparameter)
        return self._event(
            "changed", step=change.step, hyperparameter=hyperparameter, before=before, value=after
        )

    def state(self) -> State:
        """Give all that its next step and its counts depend on; tensors are not copied."""
        counts = {name: getattr(self, name) for name in COUNTS}
        return {"counts": counts, "learner": self.learner.state(), "best": self.best.state()}

    def restore(self, state: State, standing: Standing) -> None:
        """Go on from a state of its own, to where the log has it and beyond."""
        self._count_from(state)
        self.learner.restore(state["learner"])
        self.best.restore(state["best"])
        for each in standing.changes:
            if each.step < self.step:  # the optimizer in the state has it
                self.learner.declare(changed(self.declaration, each.hyperparameter, each.value))
        self.head_for(standing)

    def head_for(self, standing: Standing) -> None:
        """Make the changes of the log that lie ahead at their steps; they were told before."""
        self._known = Known(standing, self.step)

    def fork_from(self, parent: "Entrant", state: State) -> Event:
        """Begin at a state of another entrant: its weights, and what it has cost so far.

        The event's `kept` says whether what its optimizer had gathered came along.
        """
        self._count_from(state)
        if self.epoch_ended:  # the parent has told of that epoch
            self.epoch_began = self.seconds
        self.settled = self.step
        kept = self.learner.inherit(state["learner"], parent.declaration)
        return self._event(
            "forked", parent=parent.index, repeat=self.repeat, step=self.step, kept=kept,
            **self._cost(), **described(self.declaration),
        )  # fmt: skip

    def _make_changes(self) -> None:
        """Make the changes that belong to this step."""
        for each in self._known.due(self.step):
            self.learner.set(each.hyperparameter, each.value)

    def _count_from(self, state: State) -> None:
        for name in COUNTS:
            setattr(self, name, state["counts"][name])

    def _slice(self, budget: float, until: int, control: Control) -> tuple[list[int], list[float]]:
        """Make steps until the budget is spent; the losses are read from the device once, at last.

        A step that control cuts short counts for nothing: it is made again after a pause.
        """
        steps: list[int] = []
        losses: list[Tensor] = []
        deadline = time.perf_counter() + budget
        began = self._clock()
        while self.step < until:
            try:
                control.check()
                before = self.learner.weights() if self.learner.reaches(self.step, until) else None
                loss, gradients, taken = self.learner.step(self.step, control)
            except Interrupted:
                break
            self.step += taken
            self.gradients += gradients
            steps.append(self.step)
            losses.append(loss)
            self.moved = None if before is None else self.learner.distance(before)
            if time.perf_counter() >= deadline:
                break
        values = torch.stack(losses).tolist() if losses else []  # waits for the device
        self.seconds += self._clock() - began
        return steps, values

    def _cost(self) -> Event:
        return {"seconds": self.seconds, "gradients": self.gradients}

    def _diverged(self, reason: str) -> Event:
        self._leave(lost=True)
        return self._event("diverged", step=self.step, reason=reason, last_loss=self.last_loss)

    def _leave(self, lost: bool = False) -> None:
        """Be out of the race."""
        self.over = True
        if self.looks is not None:
            self.looks.waypoints.arrive(self.index, lost)

    def _event(self, kind: str, **facts: Any) -> Event:
        return {"type": kind, "entrant": self.index, **facts}


def described(declaration: Optimizer) -> Event:
    """Say what an entrant is, for the events that introduce one."""
    return {
        "name": declaration.name,
        "title": declaration.title,
        "hyperparameters": declaration.trained_with(),
    }


def _reason(loss: float, step: int) -> str:
    if math.isfinite(loss):
        return f"The training loss rose to {loss:.1e} at step {step:,}."
    return f"The training loss is not a finite number at step {step:,}."
