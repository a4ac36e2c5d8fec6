"""What theory adds to a run: the limit at the minimum where it leads, and rates on quadratics."""

from typing import Any

import numpy as np
import pytest

from core import formula
from core.descent import Request, Trajectory, run
from core.descent.landscape import landscape
from core.descent.request import NamedSurface
from core.surfaces import SURFACES

METHODS = ("gradient_descent", "momentum", "nesterov", "newton", "adam")
TURNED = "(2*(x - y)^2 + 18*(x + y - 1)^2)/4"  # eigenvalues 2 and 18, minimum (½, ½)


def descents(surface: dict[str, Any], **changes: Any) -> tuple[Trajectory, ...]:
    asked: dict[str, Any] = {
        "surface": surface,
        "start": [1.0, 0.2],
        "steps": 100,
        "optimizers": [{"name": name} for name in METHODS],
        **changes,
    }
    return run(Request.read(asked)).trajectories


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (TURNED, True),
        ("(x - 1)*(y + 2)", True),
        ("a*x^2 + exp(b)*y^2 + sin(c)", True),
        ("x + y", True),
        ("x^2 + sin(y)", False),
        ("x^2 + y^2 + a*x^3", False),
        ("abs(x) + y^2", False),
        ("abs(a)*x^2 + y^2", True),
    ],
)
def test_a_quadratic_is_known_by_its_form(text: str, is_one: bool) -> None:
    assert formula.parse(text).quadratic is is_one


@pytest.mark.parametrize("each", SURFACES, ids=lambda each: each.name)
def test_those_of_the_catalogue_are_exactly_those_of_constant_hessian(each: Any) -> None:
    ground = landscape(NamedSurface(name=each.name)).ground
    (xlo, xhi), (ylo, yhi) = each.view
    points = [
        (xlo + s * (xhi - xlo), ylo + t * (yhi - ylo))
        for s, t in [(0.2, 0.3), (0.5, 0.9), (0.7, 0)]
    ]
    hessians = np.array([ground.evaluate(x, y)[3:] for x, y in points])
    constant = bool(np.allclose(hessians, hessians[0], rtol=1e-12, atol=1e-12))
    assert ground.native.expression.quadratic is constant


def test_rates_stand_for_the_hessians_own_eigenvalues() -> None:
    plain, heavy, ahead, newton, adam = descents({"formula": TURNED})
    assert plain.quadratic is not None
    assert plain.quadratic.curvatures == pytest.approx((2, 18))
    assert plain.quadratic.optimum == pytest.approx({"lr": 0.1})
    assert plain.quadratic.best == pytest.approx(0.8)
    assert heavy.quadratic is not None
    assert heavy.quadratic.optimum == pytest.approx({"lr": 0.125, "momentum": 0.25})
    assert heavy.quadratic.best == pytest.approx(0.5)
    assert ahead.quadratic is not None
    assert newton.quadratic is not None
    assert newton.quadratic.contractions == (0, 0)
    assert adam.quadratic is None


@pytest.mark.parametrize("name", ["gradient_descent", "momentum"])
def test_the_optimum_is_reached_by_the_engine(name: str) -> None:
    (usual,) = descents({"formula": TURNED}, optimizers=[{"name": name}])
    assert usual.quadratic is not None
    assert usual.quadratic.optimum is not None
    assert usual.quadratic.best is not None
    tuned = {"name": name, **usual.quadratic.optimum}
    (best,) = descents({"formula": TURNED}, optimizers=[tuned], tolerance=1e-10)
    error = np.hypot(*(best.path - 0.5).T)
    half, last = len(error) // 2, len(error) - 1
    measured = (error[last] / error[half]) ** (1 / (last - half))
    # The heavy ball's roots coincide at its optimum: t·ᵗ√ρ comes down to ρ slowly, from above.
    assert usual.quadratic.best <= measured * 1.001
    assert measured == pytest.approx(usual.quadratic.best, rel=0.06)
    last = min(len(usual.path), len(best.path)) - 1
    assert np.hypot(*(best.path[last] - 0.5)) < np.hypot(*(usual.path[last] - 0.5))


@pytest.mark.parametrize(
    "changes",
    [
        {"noise": 0.1},
        {"surface": {"name": "linear_regression"}, "batch_size": 2},
        {"surface": {"name": "rosenbrock"}},
        {"optimizers": [{"name": "gradient_descent", "schedule": {"name": "cosine"}}]},
    ],
)
def test_without_a_constant_rate_there_is_none(changes: dict[str, Any]) -> None:
    surface = changes.pop("surface", {"formula": TURNED})
    assert all(each.quadratic is None for each in descents(surface, **changes))


def test_a_saddle_has_rates_but_no_optimum() -> None:
    plain, *_ = descents({"formula": "x^2 - y^2"})
    assert plain.quadratic is not None
    assert plain.quadratic.contractions[0] > 1  # along the falling direction it runs away
    assert plain.quadratic.optimum is plain.quadratic.best is None


def test_the_limit_at_the_minimum_is_that_of_the_nearest_declared_one() -> None:
    slow = [{"name": "gradient_descent", "lr": 1e-5}]
    for start in ([2.9, 2.1], [-2.9, 3.0], [3.5, -1.9]):
        request = Request.read(
            {
                "surface": {"name": "himmelblau"}, "start": start, "steps": 3, "optimizers": slow,
            }
        )  # fmt: skip
        found = run(request)
        nearest = min(found.surface.minima, key=lambda at: np.hypot(*np.subtract(at, start)))
        x, y = nearest
        hessian = [[12 * x * x + 4 * y - 42, 4 * (x + y)], [4 * (x + y), 12 * y * y + 4 * x - 26]]
        (each,) = found.trajectories
        assert each.at_minimum is not None
        assert each.at_minimum.limit == pytest.approx(2 / np.linalg.eigvalsh(hessian)[1], rel=1e-9)
        assert each.stability != each.at_minimum


def test_without_a_declared_minimum_it_is_where_the_run_arrived() -> None:
    text = "cosh(x) + 3*y^2 + y^4"
    plain, heavy, _, newton, adam = descents({"formula": text}, steps=2000)
    for each, limit in ((plain, 2 / 6), (heavy, 2 * 1.9 / 6)):
        assert each.ending.reason == "converged"
        assert each.at_minimum is not None
        assert each.at_minimum.limit == pytest.approx(limit, rel=1e-4)
    assert newton.at_minimum is adam.at_minimum is None
    (moving, *_) = descents({"formula": text}, steps=2)
    assert moving.at_minimum is None


def test_a_run_that_is_not_finite_leads_to_no_minimum() -> None:
    wild = [{"name": "gradient_descent", "lr": 10.0}]
    (each,) = descents({"formula": "exp(exp(x^2)) + y^2"}, optimizers=wild, start=[2.4, 0.2])
    assert each.ending.reason == "diverged"
    assert each.at_minimum is None
