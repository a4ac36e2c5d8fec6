"""The loss on a plane through the paths of a race: computed once all entrants have arrived."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.control import Control
from core.training.costs import LANDSCAPE_SIDES
from core.training.numbers import finite
from core.training.plane import Plane, principal, window
from core.training.waypoints import Waypoints

Event = dict[str, Any]


def landscape(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    waypoints: Waypoints,
    entrants: Iterable[int],
    control: Control,
) -> Iterator[Event]:
    """Tell the losses on the plane, coarse and then fine, and the paths upon it.

    Nothing is told where other workers are still at it: the last one tells it. `losses` are rows
    of v, columns of u, None where not finite. A path's `losses` are those of its own weights, which
    lie off the plane; `off` is how far. Plane and window are those of the paths that did not
    diverge: one that is flung out would leave nothing of the others to be seen. `lost` names the
    entrants so left out (none where all have diverged).
    """
    if not waypoints.complete(entrants):
        return
    with _alone(waypoints) as mine:
        if not mine:
            return
        kept = [each for each in waypoints.read() if bool(torch.isfinite(each[2]).all())]
        lost = waypoints.lost()
        if lost.issuperset(entrant for entrant, _, _ in kept):
            lost = set()
        points = torch.stack([weights for entrant, _, weights in kept if entrant not in lost])
        try:
            plane = principal(points)
        except (ValueError, RuntimeError) as error:
            yield {"type": "landscape_failed", "message": f"No landscape: {error}."}
            return
        loss = _Loss(model, x, y, control)
        paths = _paths(kept, plane, loss)
        (u0, u1), (v0, v1) = window(plane.place(points))
        for side in LANDSCAPE_SIDES:
            us, vs = (torch.linspace(*ends, side).tolist() for ends in ((u0, u1), (v0, v1)))
            yield {
                "type": "landscape", "u": [u0, u1], "v": [v0, v1], "side": side,
                "shares": list(plane.shares), "images": len(y), "paths": paths,
                "lost": sorted(lost),
                "losses": [[finite(loss.at(plane.weights(u, v))) for u in us] for v in vs],
            }  # fmt: skip
        waypoints.clear()


class _Loss:
    """Mean loss of a network at given weights; its own are gone afterwards."""

    def __init__(self, model: nn.Module, x: Tensor, y: Tensor, control: Control) -> None:
        self._model, self._x, self._y, self._control = model, x, y, control
        self._weights = list(model.parameters())

    @torch.no_grad()
    def at(self, weights: Tensor) -> float:
        self._control.check_stop()
        nn.utils.vector_to_parameters(weights.to(self._x.device), self._weights)
        return float(functional.cross_entropy(self._model(self._x), self._y))


def _paths(kept: list[tuple[int, int, Tensor]], plane: Plane, loss: _Loss) -> list[Event]:
    """Describe each entrant's way: step, place on the plane, distance from it, true loss."""
    paths: dict[int, Event] = {}
    for entrant, step, weights in kept:
        u, v = plane.place(weights[None])[0].tolist()
        empty: Event = {"entrant": entrant, "step": [], "u": [], "v": [], "off": [], "losses": []}
        path = paths.setdefault(entrant, empty)
        path["step"].append(step)
        path["u"].append(u)
        path["v"].append(v)
        path["off"].append(float((weights - plane.weights(u, v)).norm()))
        path["losses"].append(finite(loss.at(weights)))
    return list(paths.values())


@contextmanager
def _alone(waypoints: Waypoints) -> Iterator[bool]:
    """Give True to one process at a time; the lock of one that dies is free again."""
    assert waypoints.folder is not None
    if sys.platform == "win32":
        yield True
        return
    import fcntl  # Windows has none

    with open(waypoints.folder / "lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
