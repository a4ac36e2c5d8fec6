"""One descent in one line, for a notebook."""

from collections.abc import Mapping
from typing import Any

from core import surfaces
from core.descent.defaults import defaults
from core.descent.native import Box
from core.descent.request import TOLERANCE, Request
from core.descent.run import run
from core.descent.trajectory import Trajectory
from core.optimizers import optimizer as find
from core.refusal import Refusal


def descend(
    surface: str,
    optimizer: str,
    *,
    start: tuple[float, float] | None = None,
    steps: int | None = None,
    parameters: Mapping[str, float] | None = None,
    seed: int = 0,
    seeds: int = 1,
    noise: float = 0.0,
    batch_size: int | None = None,
    tolerance: float = TOLERANCE,
    view: Box | None = None,
    inspect: bool = False,
    schedule: Mapping[str, Any] | None = None,
    **hyperparameters: float,
) -> Trajectory:
    """Follow one optimizer down a surface of the catalogue or a formula in x and y.

    What is left out is the surface's tuned default. `parameters` are the surface's; seed, seeds,
    noise, batch_size, tolerance and view are those of `Request`; `schedule` is {"name": ..., ...}
    of one of `core.optimizers.schedules`; `inspect` asks for gradient and Hessian along the way.
    Raises `Refusal` for what cannot be used.
    """
    find(optimizer)
    named = surface.isidentifier() and surface not in ("x", "y")
    own = defaults(surface if named else None)
    if start is None:
        if not named:
            raise Refusal(
                "Expected a start for a formula, got none. Add start=(x, y).", field="start"
            )
        start = surfaces.surface(surface).start
    ground: dict[str, object] = {"name" if named else "formula": surface}
    if parameters is not None:
        ground["parameters"] = dict(parameters)
    rule: dict[str, Any] = {"name": optimizer, **own.hyperparameters[optimizer], **hyperparameters}
    if schedule is not None:
        rule["schedule"] = dict(schedule)
    request = {
        "surface": ground,
        "start": start,
        "steps": own.steps if steps is None else steps,
        "optimizers": [rule],
        "seed": seed,
        "seeds": seeds,
        "noise": noise,
        "batch_size": batch_size,
        "tolerance": tolerance,
        "view": view,
        "inspect": 0 if inspect else None,
    }
    return run(Request.read(request)).trajectories[0]
