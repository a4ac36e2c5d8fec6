"""The three races of the slides: Beale's function, the long valley, the saddle point."""

from math import inf

import numpy as np

from core.descent import Descent, Trajectory
from core.scenes.measure import arrived, distances
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

# The six methods of the animations, and Adam, at the rates tuned for each surface.
METHODS = ("gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam")


def _beale(descent: Descent) -> Facts:
    ends = [float(distances(each, (3.0, 0.5))[-1]) for each in descent.trajectories]
    return (
        arrived(descent.trajectories[-1], 250),
        Fact(
            "methods that converge",
            sum(each.ending.reason == "converged" for each in descent.trajectories),
            1,
            1,
        ),
        Fact("methods that end within 0.3 of the minimum", sum(end < 0.3 for end in ends), 7, 7),
        Fact("the farthest one's distance", max(ends), 0.2, 0.3),
    )


def _long_valley(descent: Descent) -> Facts:
    steepest, momentum, nesterov, *_, adam = descent.trajectories
    return (
        arrived(momentum, 300),
        arrived(nesterov, 300),
        arrived(adam, 400),
        Fact("distance gradient descent has left", float(distances(steepest, (0.0, 0.0))[-1]), 0.5),
    )


def _leaving(trajectory: Trajectory) -> float:
    """First step at which a run is farther than 1 from the ridge y = 0."""
    away = np.flatnonzero(np.abs(trajectory.path[:, 1]) > 1)
    return float(away[0]) if len(away) else inf


def _saddle(descent: Descent) -> Facts:
    steps = list(map(_leaving, descent.trajectories))
    # The first three take one rate for both coordinates, the others one for each.
    return (
        Fact("step at which the first has left", min(steps), 0, 10),
        Fact("lead of the slowest rate per coordinate", min(steps[:3]) - max(steps[3:]), 1),
        Fact("step at which the last has left", max(steps), 15, 40),
    )


SLIDES_RACES = (
    DescentScene(
        id="beale-race",
        title="Beale’s function",
        sentence="One start, seven methods between a plain and steep walls: all come near, Adam "
        "arrives first.",
        source=Source("Slides", "Beale’s function"),
        surface="beale",
        start=(1.0, 1.5),
        steps=500,
        optimizers=tuple(map(run_of, METHODS)),
        claim=_beale,
    ),
    DescentScene(
        id="long-valley-race",
        title="The long valley",
        sentence="Steep across, flat along. Momentum and Nesterov arrive; gradient descent "
        "spends its steps crossing.",
        source=Source("Slides", "Long valley"),
        surface="long_valley",
        start=(-3.8, 1.6),
        steps=500,
        optimizers=tuple(map(run_of, METHODS)),
        claim=_long_valley,
    ),
    DescentScene(
        id="saddle-race",
        title="Leaving the saddle",
        sentence="All start almost on the ridge. Methods with a rate per coordinate leave it "
        "first.",
        source=Source("Slides", "Saddle point"),
        surface="saddle",
        start=(-1.7, 0.02),
        steps=60,
        optimizers=tuple(map(run_of, METHODS)),
        claim=_saddle,
    ),
)
