"""Scenes of our own: traps, several minima, limits of stability."""

import numpy as np

from core.descent import Descent
from core.scenes.measure import ends_near, minimum_reached
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

OURS = Source("Thalweg")


def _traps(descent: Descent) -> Facts:
    ends = [minimum_reached(descent, each) for each in descent.trajectories]
    lowest = int(np.argmin(descent.surface.minima_values))
    return (
        Fact("methods that end in a pit", sum(end >= 0 for end in ends), 5, 5),
        Fact("methods that end in the deepest pit", ends.count(lowest), 0, 0),
    )


def _three_of_four(descent: Descent) -> Facts:
    ends = {minimum_reached(descent, each) for each in descent.trajectories}
    values = descent.surface.minima_values
    return (
        Fact("different minima reached", len(ends - {-1}), 3, 3),
        Fact("methods that end elsewhere", len(ends & {-1}), 0, 0),
        Fact("largest difference in depth", max(values) - min(values), 0, 1e-9),
    )


def _rolls_over(descent: Descent) -> Facts:
    steepest, momentum, *others = descent.trajectories
    left, right = descent.surface.minima
    return (
        ends_near(momentum, left, 0.01),
        *(ends_near(each, right, 0.01) for each in (steepest, *others)),
    )


def _edge(descent: Descent) -> Facts:
    below, beyond = descent.trajectories
    limit = below.stability.limit if below.stability else 0.0
    return (
        Fact("2/λmax", limit, 0.1 - 1e-9, 0.1 + 1e-9),
        Fact("loss at the end, η = 0.099", float(below.values[-1]), 0, 0.05),
        Fact("η = 0.101 diverges", float(beyond.ending.reason == "diverged"), 1, 1),
    )


def _halves(descent: Descent) -> Facts:
    newton, *others = descent.trajectories
    shares = newton.path[1:20] / newton.path[:19]
    left = sum(each.ending.reason == "left_view" for each in others)
    return (
        Fact(
            "worst difference of Newton's factor from 1/2",
            float(np.abs(shares - 0.5).max()),
            0,
            1e-9,
        ),
        Fact("others that leave downhill", left, 2, 2),
    )


def _equal_strides(descent: Descent) -> Facts:
    lion, _ = descent.trajectories
    strides = np.abs(np.diff(lion.path, axis=0))
    return (
        Fact("shortest stride of a coordinate", float(strides.min()), 0.1 - 1e-9),
        Fact("longest stride of a coordinate", float(strides.max()), high=0.1 + 1e-9),
    )


THALWEG = (
    DescentScene(
        id="rastrigins-traps",
        title="Rastrigin’s traps",
        sentence="Five methods, five ends in a pit near the start: none of them finds the "
        "deepest, at the origin.",
        source=OURS,
        surface="rastrigin",
        start=(-2.2, 0.45),
        steps=300,
        optimizers=tuple(map(run_of, ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs"))),
        claim=_traps,
    ),
    DescentScene(
        id="four-equal-minima",
        title="Four minima, one start",
        sentence="All four are equally deep. From this start the methods share out three of them.",
        source=OURS,
        surface="himmelblau",
        start=(1.5, -0.25),
        steps=300,
        optimizers=tuple(
            map(run_of, ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs", "newton"))
        ),
        claim=_three_of_four,
    ),
    DescentScene(
        id="over-the-ridge",
        title="Over the ridge",
        sentence="Only momentum arrives at the ridge with speed enough to roll over it, into the "
        "deeper well.",
        source=OURS,
        surface="two_wells",
        start=(1.6, 0.7),
        steps=200,
        optimizers=tuple(map(run_of, ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs"))),
        claim=_rolls_over,
    ),
    DescentScene(
        id="just-below-just-beyond",
        title="Just below, just beyond",
        sentence="2/λmax is 0.1 here. With 0.099 the swings die out, with 0.101 they grow "
        "without end.",
        source=OURS,
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.3},
        start=(-4.0, 1.5),
        steps=200,
        optimizers=(run_of("gradient_descent", lr=0.099), run_of("gradient_descent", lr=0.101)),
        at=24,
        claim=_edge,
    ),
    DescentScene(
        id="newton-halves",
        title="No curvature to go by",
        sentence="At the monkey saddle even the Hessian vanishes: Newton halves its way into it, "
        "the others fall off.",
        source=OURS,
        surface="monkey_saddle",
        start=(1.7, 0.15),
        steps=40,
        optimizers=(
            run_of("newton", lr=1.0),
            run_of("gradient_descent", lr=0.05),
            run_of("saddle_free_newton", lr=1.0),
        ),
        claim=_halves,
    ),
    DescentScene(
        id="equal-strides",
        title="Only the sign counts",
        sentence="Lion moves each coordinate by its rate, 0.1, however steep it is: it cannot "
        "come to rest.",
        source=OURS,
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.3},
        start=(-4.0, 1.5),
        steps=60,
        optimizers=(run_of("lion", lr=0.1, weight_decay=0.0), run_of("gradient_descent", lr=0.04)),
        claim=_equal_strides,
    ),
)
