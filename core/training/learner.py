"""A network with the optimizer that trains it: one step, its gauges, and its whole state."""

import inspect
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.optimizers import Optimizer
from core.training.batches import Batches
from core.training.control import Control
from core.training.numbers import finite
from core.training.snapshot import Dice, State, put_back, put_weights, taken
from core.training.standing import changed
from core.training.told import Told


def build(
    declaration: Optimizer, parameters: Iterable[Tensor], device: torch.device, **race: int
) -> torch.optim.Optimizer:
    """Make the torch optimizer that a declaration names, in its quickest form for the device.

    `race` are facts that some rules ask for: `seed`, `steps_per_epoch`.
    """
    twin = declaration.torch()
    assert twin is not None, f"{declaration.name} has no twin in torch"  # Job takes no other
    module, _, name = twin.path.rpartition(".")
    make: Callable[..., torch.optim.Optimizer] = getattr(import_module(module), name)
    known = inspect.signature(make).parameters
    quick = "fused" if device.type == "cpu" and "fused" in known else "foreach"
    asked = {key: value for key, value in race.items() if key in known}
    return make(parameters, **twin.arguments, **asked, **({quick: True} if quick in known else {}))


class Learner:
    """Takes steps; who calls it keeps the count of minibatches, `at` being those consumed."""

    def __init__(self, declaration: Optimizer, model: nn.Module, batches: Batches) -> None:
        """Take a network with the race's initial weights."""
        self.declaration = declaration
        self._batches = batches
        twin = declaration.torch()
        # torch's own L-BFGS looks at every gradient as one vector, which channels last forbids.
        plain = twin is not None and twin.path == "torch.optim.LBFGS"
        layout = torch.contiguous_format if plain else torch.channels_last
        self.model = model.to(device=batches.device, memory_format=layout)  # type: ignore[call-overload]
        self._optimizer = build(
            declaration, self.model.parameters(), batches.device,
            seed=batches.seed, steps_per_epoch=batches.per_epoch,
        )  # fmt: skip
        self._told = self._optimizer if isinstance(self._optimizer, Told) else None
        self._takes = self._told.batches_per_step if self._told else 1
        self._rates = declaration.rates(batches.total)
        self.dice = Dice(batches.device, batches.seed)

    def step(self, at: int, control: Control) -> tuple[Tensor, int, int]:
        """Make one step: its loss before it, the gradients it took, the minibatches it consumed."""
        taken_ = min(self._takes, self._batches.total - at)
        minibatches = [self._batches.batch(at + next_) for next_ in range(taken_)]
        evaluations = 0
        if self._rates is not None:
            for group in self._optimizer.param_groups:
                group["lr"] = float(self._rates[at])

        def closure() -> Tensor:
            nonlocal evaluations
            evaluations += 1
            self._optimizer.zero_grad()
            if self._told and self._told.differentiates:
                ((x, y),) = minibatches
                return functional.cross_entropy(self.model(x), y)
            if taken_ == 1:
                return self._backward(*minibatches[0])
            losses = []
            for x, y in minibatches:  # one at a time: memory for one, and an ear for control
                if evaluations > 1:
                    control.check()
                losses.append(self._backward(x, y, share=1 / taken_))
            return torch.stack(losses).sum()

        loss: Any = self._optimizer.step(closure)  # type: ignore[arg-type]
        beside = self._told.last_gradients if self._told else 0
        return loss, evaluations * taken_ + beside, taken_

    def _backward(self, x: Tensor, y: Tensor, share: float = 1) -> Tensor:
        """Add the gradient of one minibatch's share of the loss; give that share."""
        loss = functional.cross_entropy(self.model(x), y)
        if share != 1:
            loss = loss * share
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()

    def finite(self) -> bool:
        """Tell whether every weight is a finite number."""
        return all(bool(torch.isfinite(p).all()) for p in self.model.parameters())

    def reaches(self, at: int, until: int) -> bool:
        """Tell whether the step that begins at minibatch `at` ends at `until` or beyond."""
        return at + self._takes >= until

    @torch.no_grad()
    def weights(self) -> list[Tensor]:
        """Copy the weights."""
        return [p.clone() for p in self.model.parameters()]

    @torch.no_grad()
    def distance(self, before: list[Tensor]) -> float:
        """Give the Euclidean distance that the weights have come from a copy."""
        pairs = zip(self.model.parameters(), before, strict=True)
        return float(torch.stack([(p - b).norm() for p, b in pairs]).norm())

    @torch.no_grad()
    def gauges(self, at: int, moved: float | None = None) -> dict[str, float | None]:
        """Norms of weights and newest gradient, the learning rate, and the optimizer's own.

        `moved` is the norm of the newest step, told as a share of the weights' norm.
        """
        weights = list(self.model.parameters())
        gradients = [p.grad for p in weights if p.grad is not None]
        found: dict[str, float | None] = {
            "weight_norm": float(torch.stack([p.norm() for p in weights]).norm()),
            **(self._told.gauges() if self._told else {}),
        }
        if gradients:
            found["gradient_norm"] = float(torch.stack([g.norm() for g in gradients]).norm())
        if moved is not None:
            found["update_ratio"] = moved / (found["weight_norm"] or 1)
        if self._rates is not None:
            found["lr"] = float(self._rates[at])
        return {key: finite(value) for key, value in found.items()}

    def set(self, hyperparameter: str, value: float) -> None:
        """Hand a new value to the optimizer; what it has gathered stays. Raises Refusal."""
        before = _arguments(self.declaration)
        self.declare(changed(self.declaration, hyperparameter, value))
        after = _arguments(self.declaration)
        new = {key: after[key] for key in after if after[key] != before[key]}
        for group in self._optimizer.param_groups:
            group.update(new)

    def declare(self, declaration: Optimizer) -> None:
        """Take a declaration whose values the optimizer already has."""
        self.declaration = declaration
        self._rates = declaration.rates(self._batches.total)

    def state(self) -> State:
        """Give all that the next step depends on; its tensors are not copied."""
        return {"random": self.dice.state, **taken(self.model, self._optimizer)}

    def restore(self, state: State) -> None:
        """Put back a state of the same learner; its tensors are taken over."""
        self.dice.state = state["random"]
        put_back(self.model, self._optimizer, state)

    def inherit(self, state: State, parent: Optimizer) -> bool:
        """Begin at another learner's weights; tell whether what its optimizer gathered came along.

        It comes to an optimizer of the same rule alone, which keeps its own hyperparameters.
        """
        mine, theirs = self.declaration, parent
        twins = mine.torch(), theirs.torch()
        same = (
            twins[0] is not None
            and twins[1] is not None
            and twins[0].path == twins[1].path
            and all(getattr(mine, name) == getattr(theirs, name) for name in mine.fixed)
        )
        if same:
            own = [dict(group) for group in self._optimizer.param_groups]
            self.restore(state)
            for group, before in zip(self._optimizer.param_groups, own, strict=True):
                group.update({key: before[key] for key in _arguments(mine) if key in before})
        else:
            put_weights(self.model, state)
        return same


def _arguments(declaration: Optimizer) -> dict[str, Any]:
    """Give the hyperparameters under torch's names."""
    twin = declaration.torch()
    assert twin is not None  # Job takes no other
    return twin.arguments
