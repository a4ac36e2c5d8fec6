"""Search the default hyperparameters: `python -m core.descent.tune` rewrites tuned.py.

For every surface and optimizer the whole lattice below is tried from the surface's own start. Among
the runs that stay in the view, the one with the lowest mean of log10(f − f_min) over its steps
wins: it is low early and lower later. A learning rate lies below the limit that theory draws at the
start, where it draws one. Methods whose steps follow from a learning rate may take none longer than
8 % of the view's diagonal, so that their paths look smooth. Newton's method may end at a saddle,
which is what it is known for; no other may stall. Where the surface has no minimum (the saddle), to
leave the view downhill is to arrive: the run that is out first wins.
"""

from collections.abc import Iterator
from itertools import product
from math import hypot, inf
from pathlib import Path

import numpy as np

from core.descent.defaults import steps_for
from core.descent.endings import eigenvalues
from core.descent.landscape import landscape
from core.descent.request import TOLERANCE, NamedSurface
from core.descent.rule import Rule
from core.descent.run import follow
from core.descent.trajectory import Trajectory
from core.optimizers import OPTIMIZERS, Optimizer
from core.optimizers.newton import Newton
from core.surfaces import SURFACES, Surface

LONGEST = 0.08  # of a step, as a part of the view's diagonal
MARGIN = 0.05  # of the view's width or height, by which a path may stick out
FLOOR = 1e-12  # errors below look alike
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
    "newton": {"lr": (0.2, 0.5, 0.7, 1.0)},
    "damped_newton": {"floor": (1e-3, 0.1, 1.0, 5.0)},
    "saddle_free_newton": {"lr": (0.2, 0.5, 0.7, 1.0), "damping": (1e-6, 0.1, 1.0, 10.0)},
    "trust_region": {"radius": (0.1, 0.3, 1.0)},
    "dfp": {"c2": (1e-8, 0.1, 0.4, 0.9)},
}


def candidates(kind: type[Optimizer]) -> Iterator[Optimizer]:
    """List the optimizer with every combination of the lattice."""
    name = kind.model_fields["name"].default
    axes: dict[str, tuple[float, ...]] = {"lr": RATES} if "lr" in kind.model_fields else {}
    axes |= LATTICE.get(name, {})
    for values in product(*axes.values()):
        yield kind.model_validate({"name": name, **dict(zip(axes, values, strict=True))})


def rows_in_view(run: Trajectory, surface: Surface) -> int:
    """Count the iterates before the first one outside the view and its margin."""
    view = np.array(surface.view)  # (2, 2)
    aside = abs(run.path - view.mean(axis=1)) > (0.5 + MARGIN) * (view[:, 1] - view[:, 0])
    outside = np.flatnonzero(aside.any(axis=1))
    return int(outside[0]) if len(outside) else len(run.path)


def admissible(run: Trajectory, surface: Surface) -> bool:
    """Say whether a run could be a default: in the view, stable, smooth, and ended well."""
    seen = rows_in_view(run, surface)
    if surface.minima and seen < len(run.path):
        return False
    if run.ending.reason not in (("converged" if surface.minima else "left_view"), "step_budget"):
        return run.ending.reason == "stalled" and isinstance(run.optimizer, Newton)
    if run.stability is not None and run.optimizer.hyperparameters()["lr"] > run.stability.limit:
        return False
    longest = np.linalg.norm(np.diff(run.path[: seen + 1], axis=0), axis=1).max(initial=0.0)
    smooth = bool(longest <= LONGEST * hypot(*(hi - lo for lo, hi in surface.view)))
    return smooth or run.optimizer.family in ("newton", "line_search", "conjugate")


def score(run: Trajectory, surface: Surface, steps: int, minimum: float | None) -> float:
    """Judge a run: the mean log error over all steps, infinite where it could be no default."""
    if not admissible(run, surface):
        return inf
    if minimum is None:
        seen = rows_in_view(run, surface)
        # Conjugate gradients may step so far at once: nothing stops their line search but f.
        fewest = FEWEST - 1 if run.optimizer.family == "conjugate" else FEWEST
        arrived = fewest <= seen < len(run.path) or run.ending.reason == "stalled"
        return float(seen) if arrived else inf
    errors = np.log10(np.maximum(run.values - minimum, FLOOR))
    rest = steps + 1 - len(errors)  # a run that has arrived stays where it is
    return float((errors.sum() + rest * errors[-1]) / (steps + 1))


def tuned(surface: Surface) -> dict[str, dict[str, float]]:
    """Search the lattice on one surface; what equals the optimizer's own default is left out."""
    land = landscape(NamedSurface(name=surface.name))
    ground, minimum = land.ground, land.facts.minimum
    steps, found = steps_for(surface.name), {}
    rule = Rule(TOLERANCE, surface.view)
    _, steepest = eigenvalues(ground.evaluate(*surface.start))
    for kind in OPTIMIZERS:
        runs = [
            follow(ground, each, surface.start, steps, rule, steepest) for each in candidates(kind)
        ]
        scores = [score(run, surface, steps, minimum) for run in runs]
        best = min(range(len(runs)), key=scores.__getitem__)
        assert scores[best] < inf, f"nothing on the lattice fits {kind.__name__} on {surface.name}"
        chosen = runs[best].optimizer
        print(f"{surface.name:12} {scores[best]:7.2f}  {chosen!r}  {runs[best].ending.message}")
        own = {each.name: each.default for each in kind.parameters()}
        values = chosen.hyperparameters()
        found[chosen.name] = {name: value for name, value in values.items() if value != own[name]}
    return found


def main() -> None:
    """Write what was found to tuned.py."""
    lines = [
        '"""Default hyperparameters per surface and optimizer, where they differ from its own.',
        "",
        "Found and written by `python -m core.descent.tune`; edit the search, not this file.",
        '"""',
        "",
        "TUNED: dict[str, dict[str, dict[str, float]]] = {",
    ]
    for surface in SURFACES:
        lines.append(f'    "{surface.name}": {{')
        for name, values in tuned(surface).items():
            inner = ", ".join(f'"{key}": {value!r}' for key, value in values.items())
            lines.append(f'        "{name}": {{{inner}}},')
        lines.append("    },")
    Path(__file__).with_name("tuned.py").write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
