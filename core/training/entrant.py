"""One entrant of a race: its network, its optimizer, its own clock and count of gradients."""

import copy
import inspect
import math
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.optimizers import Optimizer
from core.training.batches import Batches
from core.training.best import Best
from core.training.control import Control, Interrupted
from core.training.told import Told

Event = dict[str, Any]

RUNAWAY = 1e6  # a training loss that no network comes back from with anything learnt


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


def clock(device: torch.device) -> Callable[[], float]:
    """Give the clock of training on a device: the thread's CPU seconds, or seconds on a GPU."""
    return time.thread_time if device.type == "cpu" else time.perf_counter


class Entrant:
    """Trains one copy of the network, slice by slice; every slice is told as events.

    `step` counts minibatches consumed, `gradients` gradient evaluations in units of one minibatch,
    `seconds` its own training alone: neither evaluation nor the other entrants' turns, and on a
    CPU the processor's time, so that other programs on the machine do not lengthen it.
    """

    def __init__(
        self, index: int, declaration: Optimizer, model: nn.Module, batches: Batches
    ) -> None:
        """Take a network with the race's initial weights."""
        self.index = index
        self.declaration = declaration
        self.step = 0
        self.gradients = 0
        self.seconds = 0.0
        self.over = False
        self._clock = clock(batches.device)
        twin = declaration.torch()
        # torch's own L-BFGS looks at every gradient as one vector, which channels last forbids.
        plain = twin is not None and twin.path == "torch.optim.LBFGS"
        layout = torch.contiguous_format if plain else torch.channels_last
        self._model = model.to(device=batches.device, memory_format=layout)  # type: ignore[call-overload]
        self._optimizer = build(
            declaration, self._model.parameters(), batches.device,
            seed=batches.seed, steps_per_epoch=batches.per_epoch,
        )  # fmt: skip
        self._told = self._optimizer if isinstance(self._optimizer, Told) else None
        self._takes = self._told.batches_per_step if self._told else 1
        self._rates = declaration.rates(batches.total)
        self.batches = batches
        self.best = Best()
        self._last_loss: float | None = None
        self._epoch_began = 0.0  # on this entrant's clock

    def advance(self, budget: float, until: int, control: Control) -> Iterator[Event]:
        """Train for about `budget` seconds, at most to step `until`, at least one step."""
        steps, losses = self._slice(budget, until, control)
        bad = next((at for at, loss in enumerate(losses) if not loss <= RUNAWAY), None)
        reason = ""
        if bad is not None:
            self.step = steps[bad]
            reason = _reason(losses[bad], self.step)
            steps, losses = steps[:bad], losses[:bad]
        if losses:
            self._last_loss = losses[-1]
            yield self._event(
                "steps", step=steps, loss=losses, seconds=self.seconds, gradients=self.gradients
            )
        if reason:
            yield self._diverged(reason)

    def evaluate(self, control: Control) -> Event:
        """Tell loss and accuracy on the validation images, or that the weights are past that."""
        if not all(bool(torch.isfinite(p).all()) for p in self._model.parameters()):
            return self._diverged(f"A weight is not a finite number after step {self.step:,}.")
        return self.evaluated(*self.batches.evaluate(self._model, control))

    def evaluated(self, loss: float, accuracy: float) -> Event:
        """Tell these results as those of this step, and keep the weights if they are the best."""
        self.best.see(self._model, self.step, accuracy)
        return self._event(
            "evaluation",
            step=self.step,
            epoch=self.step / self.batches.per_epoch,
            loss=loss if math.isfinite(loss) else None,
            accuracy=accuracy,
            seconds=self.seconds,
            gradients=self.gradients,
            gauges=self._gauges(),
        )

    def tested(self, control: Control) -> Event:
        """Tell what the last weights, and those best in validation, do on the test images.

        It is for the end: the test split has no say in anything, and is looked at only here.
        """
        model = copy.deepcopy(self._model)
        last = best = self._test(model, self.step, control)
        if self.best.step != self.step:
            self.best.put_into(model)
            best = self._test(model, self.best.step, control)
        return self._event("tested", images=self.batches.test_count, best=best, last=last)

    def _test(self, model: nn.Module, step: int, control: Control) -> dict[str, float | None]:
        loss, accuracy = self.batches.test(model, control)
        return {
            "step": step,
            "epoch": step / self.batches.per_epoch,
            "test_loss": finite(loss),
            "test_accuracy": accuracy,
        }

    def epoch(self) -> Event:
        """Tell that an epoch is over, and what it took."""
        took = self.seconds - self._epoch_began
        self._epoch_began = self.seconds
        return self._event("epoch", epoch=self.step // self.batches.per_epoch, seconds=took)

    def done(self) -> Event:
        """Tell that all steps are made."""
        self.over = True
        return self._event("done", step=self.step, seconds=self.seconds, gradients=self.gradients)

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
                loss, gradients, taken = self._train(control)
            except Interrupted:
                break
            self.step += taken
            self.gradients += gradients
            steps.append(self.step)
            losses.append(loss)
            if time.perf_counter() >= deadline:
                break
        values = torch.stack(losses).tolist() if losses else []  # waits for the device
        self.seconds += self._clock() - began
        return steps, values

    def _train(self, control: Control) -> tuple[Tensor, int, int]:
        """Make one step: its loss before it, the gradients it took, the minibatches it consumed."""
        taken = min(self._takes, self.batches.total - self.step)
        minibatches = [self.batches.batch(self.step + at) for at in range(taken)]
        evaluations = 0
        if self._rates is not None:
            for group in self._optimizer.param_groups:
                group["lr"] = float(self._rates[self.step])

        def closure() -> Tensor:
            nonlocal evaluations
            evaluations += 1
            self._optimizer.zero_grad()
            if self._told and self._told.differentiates:
                ((x, y),) = minibatches
                return functional.cross_entropy(self._model(x), y)
            if taken == 1:
                return self._backward(*minibatches[0])
            losses = []
            for x, y in minibatches:  # one at a time: memory for one, and an ear for control
                if evaluations > 1:
                    control.check()
                losses.append(self._backward(x, y, share=1 / taken))
            return torch.stack(losses).sum()

        loss: Any = self._optimizer.step(closure)  # type: ignore[arg-type]
        beside = self._told.last_gradients if self._told else 0
        return loss, evaluations * taken + beside, taken

    def _backward(self, x: Tensor, y: Tensor, share: float = 1) -> Tensor:
        """Add the gradient of one minibatch's share of the loss; give that share."""
        loss = functional.cross_entropy(self._model(x), y)
        if share != 1:
            loss = loss * share
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()

    @torch.no_grad()
    def _gauges(self) -> dict[str, float | None]:
        """Norms of weights and newest gradient, the learning rate, and the optimizer's own."""
        weights = [p for p in self._model.parameters()]
        gradients = [p.grad for p in weights if p.grad is not None]
        found: dict[str, float | None] = {
            "weight_norm": float(torch.stack([p.norm() for p in weights]).norm()),
            **(self._told.gauges() if self._told else {}),
        }
        if gradients:
            found["gradient_norm"] = float(torch.stack([g.norm() for g in gradients]).norm())
        if self._rates is not None:
            found["lr"] = float(self._rates[self.step])
        return {key: finite(value) for key, value in found.items()}

    def _diverged(self, reason: str) -> Event:
        self.over = True
        return self._event("diverged", step=self.step, reason=reason, last_loss=self._last_loss)

    def _event(self, kind: str, **facts: Any) -> Event:
        return {"type": kind, "entrant": self.index, **facts}


def finite(value: float | None) -> float | None:
    """Give the number, or None where it is none."""
    return value if value is not None and math.isfinite(value) else None


def _reason(loss: float, step: int) -> str:
    if math.isfinite(loss):
        return f"The training loss rose to {loss:.1e} at step {step:,}."
    return f"The training loss is not a finite number at step {step:,}."
