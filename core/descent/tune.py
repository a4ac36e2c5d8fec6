"""Search the default hyperparameters: `python -m core.descent.tune` rewrites tuned.json.

For every surface and optimizer the whole lattice below is tried from the surface's own start. Among
the runs that stay in the view, the one with the lowest mean of log10(f − f_min) over its steps
wins: it is low early and lower later. A learning rate lies below the limit that theory draws at the
start, where it draws one. Methods whose steps follow from a learning rate may take none longer than
8 % of the view's diagonal, so that their paths look smooth. Newton's method may end at a saddle or
even a maximum, which is what it is known for; no other may stall, save at a declared minimum:
Ackley's is a kink, where no gradient gets small.

Where there are several minima any of them will do, and a run that has come to one is measured
against the height of that one, a run that is still on its way against the lowest. A deeper minimum
wins over a quick descent into a higher one only if the next lower and the next higher rate lead as
deep: a rate that happens to throw a run into the deepest shows luck and not the method.

Where the surface has no minimum (the saddles), to leave the view downhill is to arrive: the run
that is out first wins.
"""

import json
from collections.abc import Iterator
from itertools import product
from math import dist, inf

import numpy as np

from core.descent.defaults import FILE, steps_for
from core.descent.endings import eigenvalues
from core.descent.landscape import landscape
from core.descent.request import TOLERANCE, NamedSurface
from core.descent.rule import Rule
from core.descent.run import follow
from core.descent.trajectory import Trajectory
from core.optimizers import OPTIMIZERS, Optimizer
from core.optimizers.newton import Newton
from core.surfaces import SURFACES, Surface
from core.surfaces.base import Point

LONGEST = 0.08  # of a step, as a part of the view's diagonal
MARGIN = 0.05  # of the view's width or height, by which a path may stick out
FLOOR = 1e-12  # errors below look alike
CLOSE = 0.01  # of the view's diagonal: a run that ends so near to a minimum has come to it
FEWEST = 3  # iterates in the view, where leaving it is to arrive: a path and not a jump
RATES = tuple(float(f"{m}e{e}") for e in range(-5, 1) for m in (1, 1.5, 2, 3, 5, 7))
# Lion's steps are all alike: where they divide the way to a minimum they hit it by luck.
UNEVEN = tuple(float(f"{m}e{e}") for e in range(-4, 0) for m in (1.3, 1.9, 3.1, 4.7, 7.1))
# What else is varied; every other hyperparameter keeps its optimizer's own default.
LATTICE: dict[str, dict[str, tuple[float, ...]]] = {
    "momentum": {"momentum": (0.8, 0.9)},
    "nesterov": {"momentum": (0.8, 0.9)},
    "rmsprop": {"alpha": (0.9, 0.99)},
    "lion": {"lr": UNEVEN},
    "adadelta": {
        "lr": (1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0),
        "rho": (0.9, 0.99),
    },
    "radam": {"beta2": (0.9, 0.99, 0.999)},
    "adahessian": {"beta2": (0.9, 0.999), "eps": (1e-4, 1.0), "hessian_power": (0.5, 1.0)},
    "barzilai_borwein": {"form": (1, 2)},
    "fletcher_reeves": {"c2": (1e-8, 0.1, 0.4)},
    "polak_ribiere": {"c2": (1e-8, 0.1, 0.4)},
    "newton": {"lr": (1.0, 0.7, 0.5, 0.2)},
    "damped_newton": {"floor": (1e-3, 0.1, 1.0, 5.0)},
    "saddle_free_newton": {"lr": (1.0, 0.7, 0.5, 0.2), "damping": (1e-6, 0.1, 1.0, 10.0)},
    "trust_region": {"radius": (0.1, 0.3, 1.0)},
    "sr1": {"radius": (0.1, 0.3, 1.0)},
    "dfp": {"c2": (1e-8, 0.1, 0.4, 0.9)},
}


def candidates(kind: type[Optimizer]) -> Iterator[Optimizer]:
    """List the optimizer with every combination of the lattice."""
    name = kind.model_fields["name"].default
    axes = dict(LATTICE.get(name, {}))
    if "lr" in {each.name for each in kind.parameters()}:  # not one of networks alone
        axes.setdefault("lr", RATES)  # runs fastest, so that neighbours differ in their rate alone
    for values in product(*axes.values()):
        yield kind.model_validate({"name": name, **dict(zip(axes, values, strict=True))})


def diagonal(surface: Surface) -> float:
    """Measure the view from corner to corner."""
    (left, right), (low, high) = surface.view
    return dist((left, low), (right, high))


def rows_in_view(run: Trajectory, surface: Surface) -> int:
    """Count the iterates before the first one outside the view and its margin."""
    view = np.array(surface.view)  # (2, 2)
    aside = abs(run.path - view.mean(axis=1)) > (0.5 + MARGIN) * (view[:, 1] - view[:, 0])
    outside = np.flatnonzero(aside.any(axis=1))
    return int(outside[0]) if len(outside) else len(run.path)


def reached(run: Trajectory, surface: Surface) -> Point | None:
    """Find the declared minimum to which a run has come, if any."""
    away = {dist(run.path[-1].tolist(), at): at for at in surface.minima_at({})}
    least = min(away, default=inf)
    return away[least] if least <= CLOSE * diagonal(surface) else None


def admissible(run: Trajectory, surface: Surface) -> bool:
    """Say whether a run could be a default: in the view, stable, smooth, and ended well."""
    seen = rows_in_view(run, surface)
    if surface.minima and seen < len(run.path):
        return False
    if run.ending.reason not in (("converged" if surface.minima else "left_view"), "step_budget"):
        well = isinstance(run.optimizer, Newton) or reached(run, surface) is not None
        return run.ending.reason == "stalled" and well
    if run.stability is not None and run.optimizer.hyperparameters()["lr"] > run.stability.limit:
        return False
    longest = np.linalg.norm(np.diff(run.path[: seen + 1], axis=0), axis=1).max(initial=0.0)
    smooth = bool(longest <= LONGEST * diagonal(surface))
    return smooth or run.optimizer.family in ("newton", "line_search", "conjugate")


def score(run: Trajectory, surface: Surface, steps: int, heights: dict[Point, float]) -> float:
    """Judge a run: the mean log error over all steps, infinite where it could be no default."""
    if not admissible(run, surface):
        return inf
    if not heights:
        seen = rows_in_view(run, surface)
        # Conjugate gradients may step so far at once: nothing stops their line search but f.
        fewest = FEWEST - 1 if run.optimizer.family == "conjugate" else FEWEST
        arrived = fewest <= seen < len(run.path) or run.ending.reason == "stalled"
        return float(seen) if arrived else inf
    own = reached(run, surface)
    height = min(heights.values()) if own is None else heights[own]
    errors = np.log10(np.maximum(abs(run.values - height), FLOOR))
    rest = steps + 1 - len(errors)  # a run that has arrived stays where it is
    return float((errors.sum() + rest * errors[-1]) / (steps + 1))


def depths(
    runs: list[Trajectory], scores: list[float], surface: Surface, heights: dict[Point, float]
) -> list[float]:
    """Say how deep each run and its neighbours lead: the highest minimum they come to.

    A run that has come to none counts as the highest there is, one that could be no default is left
    out.
    """
    worst = max(heights.values(), default=0.0)
    own = [heights.get(reached(run, surface) or (inf, inf), worst) for run in runs]
    near = [range(max(0, k - 1), min(len(runs), k + 2)) for k in range(len(runs))]
    highest = [max((own[k] for k in ks if scores[k] < inf), default=worst) for ks in near]
    return [round(each, 9) for each in highest]


def tuned(surface: Surface) -> dict[str, dict[str, float] | None]:
    """Search the lattice on one surface; what equals the optimizer's own default is left out.

    None for an optimizer that nothing on the lattice fits: it keeps its own defaults.
    """
    land = landscape(NamedSurface(name=surface.name))
    ground = land.ground
    heights = dict(zip(land.facts.minima, land.facts.minima_values, strict=True))
    steps = steps_for(surface.name)
    found: dict[str, dict[str, float] | None] = {}
    rule = Rule(TOLERANCE, surface.view)
    _, steepest = eigenvalues(ground.evaluate(*surface.start))
    for kind in OPTIMIZERS:
        runs = [
            follow(ground, each, surface.start, steps, rule, steepest) for each in candidates(kind)
        ]
        scores = [score(run, surface, steps, heights) for run in runs]
        usable = [k for k in range(len(runs)) if scores[k] < inf]
        if not usable:
            print(f"{surface.name:12}    none  {kind.__name__}")
            found[kind.model_fields["name"].default] = None
            continue
        depth = depths(runs, scores, surface, heights)
        best = min(usable, key=lambda k: (depth[k], scores[k]))
        chosen = runs[best].optimizer
        print(f"{surface.name:12} {scores[best]:7.2f}  {chosen!r}  {runs[best].ending.message}")
        own = {each.name: each.default for each in kind.parameters()}
        values = chosen.hyperparameters()
        found[chosen.name] = {name: value for name, value in values.items() if value != own[name]}
    return found


def main() -> None:
    """Write what was found to tuned.json, a line for each optimizer."""
    blocks = []
    for surface in SURFACES:
        lines = [f'    "{name}": {json.dumps(values)}' for name, values in tuned(surface).items()]
        blocks.append(f'  "{surface.name}": {{\n' + ",\n".join(lines) + "\n  }")
    FILE.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
