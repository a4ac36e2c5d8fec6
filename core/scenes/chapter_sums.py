"""Scenes of the chapter's finite sums: minibatches, their variance, and two losses of a network."""

import numpy as np

from core.descent import Descent, Trajectory
from core.descent.landscape import landscape
from core.descent.request import NamedSurface
from core.scenes.measure import arrived, distances
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of
from core.surfaces import surface

STEPS = 4000  # minibatches over which a variance is measured
SEED = 1


def _wanders(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    centre = descent.surface.minima[0]
    rest = distances(only, centre)[40:]
    data = surface("least_squares_points").data
    assert data is not None
    points = 2 + np.array(data.rows)[:, 1:]
    inside = np.all((only.path[40:] >= points.min(axis=0)) & (only.path[40:] <= points.max(axis=0)))
    return (
        Fact("farthest from the minimum after step 40", float(rest.max()), 0.3),
        Fact("iterates after step 40 all in the points' box", float(inside), 1, 1),
        Fact("gradient norm at the end", float(only.gradient_norms[-1]), 1e-3),
    )


def turned_back(trajectory: Trajectory) -> int:
    """Count the steps that lead away from the point that all five share."""
    return int(np.count_nonzero(np.diff(distances(trajectory, (2.0, 2.0))) > 0))


def _rests(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    return (
        arrived(only, 200),
        Fact("distance left", float(distances(only, (2.0, 2.0))[-1]), 0, 1e-3),
        Fact("iterates that go away from home", float(turned_back(only)), 0, 0),
    )


def _variance(descent: Descent) -> Facts:
    """Var(n_b) = S²/n_b (1 - n_b/n) for draws without replacement; n = 20."""
    ground = landscape(NamedSurface(name="linear_regression")).ground
    x, y = descent.trajectories[0].path[0].tolist()

    def spread(size: int) -> float:
        seen = ground.in_batches(size, SEED)
        drawn = np.array([seen.evaluate(x, y, step)[1:3] for step in range(STEPS)])
        return float(drawn.var(axis=0).sum())

    one = spread(1)
    return tuple(
        Fact(f"variance with 1 row over that with {size}, by theory 1", found, 0.9, 1.1)
        for size in (2, 5, 10)
        for found in [one / spread(size) * (1 - size / 20) / (size * (1 - 1 / 20))]
    )


def _squared(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    return (
        Fact("minima", len(descent.surface.minima), 2, 2),
        Fact("saddles", len(descent.surface.saddles), 3, 3),
        Fact("gradient norm at the start", float(only.gradient_norms[0]), 0, 0.05),
        arrived(only, least=400),
    )


def _cross(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    return (
        Fact("minima", len(descent.surface.minima), 2, 2),
        Fact("saddles", len(descent.surface.saddles), 1, 1),
        Fact("gradient norm at the start", float(only.gradient_norms[0]), 0.3),
        arrived(only, most=500),
    )


CHAPTER_SUMS: tuple[DescentScene, ...] = (
    DescentScene(
        id="one-point-at-a-time",
        title="One point at a time",
        sentence="Each step sees one of five points: straight to them from afar, restless among "
        "them.",
        source=Source("Chapter", "Figure 4.3 (a)"),
        surface="least_squares_points",
        parameters={"spread": 1.0},
        start=(6.6, 4.9),
        steps=200,
        batch_size=1,
        seed=SEED,
        optimizers=(run_of("gradient_descent", lr=0.1),),
        claim=_wanders,
    ),
    DescentScene(
        id="five-points-in-one",
        title="Five points in one",
        sentence="All points coincide, so every step points home: one row at a time, and it rests.",
        source=Source("Chapter", "Figure 4.3 (b)"),
        surface="least_squares_points",
        parameters={"spread": 0.0},
        start=(6.6, 4.9),
        steps=200,
        batch_size=1,
        seed=SEED,
        optimizers=(run_of("gradient_descent", lr=0.1),),
        claim=_rests,
    ),
    DescentScene(
        id="variance-of-a-minibatch",
        title="The variance of a minibatch",
        sentence="It falls as 1/n_b, times 1 − n_b/n since no row is drawn twice; at all 20 rows "
        "it is none.",
        source=Source("Chapter", "Equation 4.13"),
        surface="linear_regression",
        start=(-1.2, 2.0),
        steps=200,
        batch_size=5,
        seed=SEED,
        optimizers=(run_of("gradient_descent", lr=0.1),),
        claim=_variance,
    ),
    DescentScene(
        id="two-weights-squared-loss",
        title="Two weights, squared loss",
        sentence="Flat where the sigmoids saturate: three saddles, and hundreds of steps with "
        "η = 1.",
        source=Source("Chapter", "Figure 4.5 (a)"),
        surface="sigmoid_network_squared",
        start=(-5.0, 3.5),
        steps=1500,
        optimizers=(run_of("gradient_descent", lr=1.0),),
        claim=_squared,
    ),
    DescentScene(
        id="two-weights-cross-entropy",
        title="Two weights, cross-entropy",
        sentence="Same network, data, start and rate: ten times the slope, one saddle, sooner at "
        "rest.",
        source=Source("Chapter", "Figure 4.5 (b)"),
        surface="sigmoid_network_cross_entropy",
        start=(-5.0, 3.5),
        steps=1500,
        optimizers=(run_of("gradient_descent", lr=1.0),),
        claim=_cross,
    ),
)
