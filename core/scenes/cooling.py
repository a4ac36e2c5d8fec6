"""Scenes on learning rates that fall: cooled too soon, and cooled at the right pace."""

from typing import Any

from core.descent import Descent
from core.scenes.measure import distances
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

ONE = (1.0, 1.0)
BOX = ((-0.6, 1.4), (-0.35, 1.15))


def _cooling(gamma: float) -> dict[str, Any]:
    return {"name": "exponential", "gamma": gamma}


def _too_soon(descent: Descent) -> Facts:
    fast, slow = descent.trajectories
    return (
        Fact("distance left with 0.005", float(distances(fast, ONE)[-1]), 0.7, 0.9),
        Fact("distance left with 0.0025", float(distances(slow, ONE)[-1]), 0.9, 1.0),
        Fact("share of the way after 500 steps", _done(fast), 0.99, 1),
    )


def _done(trajectory: Any) -> float:
    """How much of a run's way, start to end, lies behind it after 500 steps."""
    left = distances(trajectory, tuple(trajectory.path[-1]))
    return float(1 - left[500] / left[0])


def _at_the_right_pace(descent: Descent) -> Facts:
    small, large, falling = descent.trajectories
    return (
        Fact("value where 0.02 arrives", float(small.values[-1]), -0.22, -0.21),
        Fact("small one converged", small.ending.reason == "converged", 1, 1),
        Fact("constant 0.15 still moves", large.ending.reason == "step_budget", 1, 1),
        Fact("value where the falling one arrives", float(falling.values[-1]), -1.04, -1.03),
        Fact("steps of the falling one", falling.ending.step, 20, 40),
    )


COOLING = (
    DescentScene(
        id="cooled-too-soon",
        title="Cooled too soon",
        sentence="The same two rates, multiplied by 0.99 at every step: after 500 steps nothing "
        "moves any more.",
        source=Source("Chapter", "Figure 4.2 (b)"),
        surface="rosenbrock",
        start=(0.2, 0.2),
        steps=100_000,
        optimizers=(
            run_of("gradient_descent", lr=0.005, schedule=_cooling(0.99)),
            run_of("gradient_descent", lr=0.0025, schedule=_cooling(0.99)),
        ),
        zoom=BOX,
        claim=_too_soon,
    ),
    DescentScene(
        id="loud-then-quiet",
        title="Loud, then quiet",
        sentence="A small rate is trapped, 0.15 never settles; 0.15 that falls by 2 % a step "
        "escapes and arrives.",
        source=Source("Slides", "Decaying learning rate"),
        surface="six_hump_camel",
        start=(2.0, 0.1),
        steps=300,
        optimizers=(
            run_of("gradient_descent", lr=0.02),
            run_of("gradient_descent", lr=0.15),
            run_of("gradient_descent", lr=0.15, schedule=_cooling(0.98)),
        ),
        claim=_at_the_right_pace,
    ),
)
