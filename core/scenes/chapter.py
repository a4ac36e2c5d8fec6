"""Scenes of the chapter's first-order figures: learning rate, momentum, line search, averages."""

import numpy as np

from core.descent import Descent
from core.scenes.measure import (
    arrived,
    distances,
    ends_near,
    minimum_reached,
    on_its_way,
    step_lengths,
    worst_cosine,
)
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

# The part of the Rosenbrock valley that the chapter draws.
CHAPTER_BOX = ((-0.6, 1.4), (-0.35, 1.15))
ONE = (1.0, 1.0)


def _one_bowl(descent: Descent) -> Facts:
    low, high = descent.start.eigenvalues
    ends = tuple(ends_near(each, (0.0, 0.0), 1e-3) for each in descent.trajectories)
    return (Fact("least curvature", low, 2, 2), Fact("largest curvature", high, 2, 2), *ends)


def _peaks(descent: Descent) -> Facts:
    depths = descent.surface.minima_values
    deepest = depths.index(min(depths))
    ends = [minimum_reached(descent, each) for each in descent.trajectories]
    return (
        Fact("minima", len(descent.surface.minima), 3, 3),
        Fact("saddles", len(descent.surface.saddles), 3, 3),
        Fact("methods that reach the deepest", ends.count(deepest), 1, 1),
        Fact("place of that method, momentum", ends.index(deepest), 1, 1),
        Fact("deepest minus shallowest", min(depths) - max(depths), high=-6),
    )


def _near_but_never(descent: Descent) -> Facts:
    near = tuple(
        on_its_way(each, ONE, least)
        for each, least in zip(descent.trajectories, (0.6, 0.15), strict=True)
    )
    last = (each.ending.step for each in descent.trajectories)
    return (*near, *(Fact("steps taken", step, 100_000, 100_000) for step in last))


def _momentum(descent: Descent) -> Facts:
    slow, middle, fast = (float(distances(each, ONE)[-1]) for each in descent.trajectories)
    return (
        Fact("distance left with β = 0", slow, 0.905, 0.915),
        Fact("distance left with β = 0.5", middle, 0.735, 0.745),
        Fact("distance left with β = 0.9", fast, 0, 0.3),
    )


def _one_line(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    gradient = np.asarray(descent.start.gradient)
    rate = float(step_lengths(only)[0] / np.hypot(*gradient))
    return (
        Fact("α*", rate, 0.001645, 0.001655),
        Fact("loss before", float(only.values[0]), 41 - 1e-9, 41 + 1e-9),
        Fact("loss after", float(only.values[1]), 0, 0.3),
    )


def _zigzag(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    steps = step_lengths(only)
    return (
        Fact("largest |cosine| of consecutive steps", worst_cosine(only), 0, 1e-6),
        Fact("shorter of the first two steps", float(steps[:2].min()), 0.3),
        Fact("longest step after them", float(steps[2:].max()), 0, 0.04),
        on_its_way(only, ONE, 0.05),
    )


def _two_steps(descent: Descent) -> Facts:
    reeves, ribiere, steepest = descent.trajectories
    return (arrived(reeves, 2, 2), arrived(ribiere, 2, 2), arrived(steepest, least=8))


def _backtracking(descent: Descent) -> Facts:
    (only,) = descent.trajectories
    rates = step_lengths(only) / only.gradient_norms[:-1]
    wanted = only.values[:-1] - 1e-4 * rates * only.gradient_norms[:-1] ** 2
    powers = np.log(rates) / np.log(2 / 3)
    return (
        Fact("least slack in the Armijo condition", float((wanted - only.values[1:]).min()), 0),
        Fact(
            "worst distance of log α from a power of 2/3",
            float(np.abs(powers - powers.round()).max()),
            0,
            1e-6,
        ),
        Fact("different step sizes", len(np.unique(powers.round())), 4),
    )


def _dying_rate(descent: Descent) -> Facts:
    adagrad, rmsprop = descent.trajectories
    steps = step_lengths(adagrad)
    return (
        Fact("Adagrad's 300th step over its first", float(steps[-1] / steps[0]), 0, 0.1),
        on_its_way(adagrad, (0.0, 0.0), 1),
        Fact("RMSprop's least distance", float(distances(rmsprop, (0.0, 0.0)).min()), 0, 0.1),
    )


def _two_forms(descent: Descent) -> Facts:
    total, mean = descent.trajectories
    apart = float(np.abs(total.path[1] - mean.path[1]).max())
    left = [float(distances(each, (0.0, 0.0))[-1]) for each in (total, mean)]
    return (
        Fact("difference after the first step", apart, 0, 0),
        Fact("distance left by the sum", left[0], 0, 0.5),
        Fact("distance left by the mean", left[1], 0.9),
    )


CHAPTER = (
    DescentScene(
        id="one-bowl",
        title="One bowl, one minimum",
        sentence="Convex and equally curved all round: every method arrives, each on its own way.",
        source=Source("Chapter", "Figure 4.1 (a)"),
        formula="x^2 + y^2",
        view=((-4.0, 4.0), (-1.7, 1.7)),
        start=(-3.0, 1.2),
        steps=200,
        optimizers=(
            run_of("gradient_descent", lr=0.1),
            run_of("momentum", lr=0.02),
            run_of("adam", lr=0.2),
            run_of("newton"),
        ),
        claim=_one_bowl,
    ),
    DescentScene(
        id="peaks",
        title="Hollows, saddles, hills",
        sentence="Three minima, of which one is deepest. From this start only momentum reaches "
        "that one.",
        source=Source("Chapter", "Figure 4.1 (b)"),
        surface="peaks",
        start=(0.3, 1.3),
        steps=300,
        optimizers=tuple(map(run_of, ("gradient_descent", "momentum", "rmsprop", "adam", "lbfgs"))),
        claim=_peaks,
    ),
    DescentScene(
        id="near-but-never",
        title="Near, but never there",
        sentence="After 100,000 steps neither rate has arrived: at the minimum 2/λmax is 0.002, "
        "less than both.",
        source=Source("Chapter", "Figure 4.2 (a)"),
        surface="rosenbrock",
        start=(0.2, 0.2),
        steps=100_000,
        optimizers=(run_of("gradient_descent", lr=0.005), run_of("gradient_descent", lr=0.0025)),
        zoom=CHAPTER_BOX,
        claim=_near_but_never,
    ),
    DescentScene(
        id="momentum-keeps-its-speed",
        title="Momentum keeps its speed",
        sentence="Three hundred steps with β = 0, with 0.5, and with 0.9 (dashed): the more is "
        "kept, the farther they come.",
        source=Source("Chapter", "Figure 4.6"),
        surface="rosenbrock",
        start=(0.2, 0.2),
        steps=300,
        # The chapter's mean with α = 0.001/(1 - β), from v = 0, is torch's sum with 0.001.
        optimizers=(
            run_of("gradient_descent", lr=0.001),
            run_of("momentum", lr=0.001, momentum=0.5, dampening=0.0),
            run_of("momentum", lr=0.001, momentum=0.9, dampening=0.0),
        ),
        zoom=CHAPTER_BOX,
        claim=_momentum,
    ),
    DescentScene(
        id="best-point-on-a-line",
        title="The best point on a line",
        sentence="One step along −∇f to the lowest point of that line: 0.00165 times the "
        "gradient, from 41 to 0.29.",
        source=Source("Chapter", "Figure 4.8"),
        surface="rosenbrock",
        start=(0.8, 0.0),
        steps=1,
        optimizers=(run_of("exact_line_search"),),
        zoom=CHAPTER_BOX,
        claim=_one_line,
    ),
    DescentScene(
        id="perfect-steps-poor-path",
        title="Perfect steps, poor path",
        sentence="Exact line search turns by a right angle at every step; after two long ones it "
        "creeps.",
        source=Source("Chapter", "Figure 4.9"),
        surface="rosenbrock",
        start=(0.4, -0.2),
        steps=300,
        optimizers=(run_of("exact_line_search"),),
        zoom=CHAPTER_BOX,
        claim=_zigzag,
    ),
    DescentScene(
        id="two-conjugate-steps",
        title="Two variables, two steps",
        sentence="Conjugate directions end in the minimum after two steps; steepest descent goes "
        "on turning.",
        source=Source("Chapter", "Section 4.5, conjugate gradient"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.3},
        start=(-3.5, -2.0),
        steps=50,
        optimizers=(
            run_of("fletcher_reeves"),
            run_of("polak_ribiere"),
            run_of("exact_line_search"),
        ),
        claim=_two_steps,
    ),
    DescentScene(
        id="shrink-until-it-pays",
        title="Shrink until it pays",
        sentence="Backtracking starts at 1 and takes two thirds of it until the loss falls enough.",
        source=Source("Chapter", "Equation 4.48"),
        surface="beale",
        start=(1.0, 1.5),
        steps=100,
        optimizers=(run_of("backtracking", lr=1.0, shrink=2 / 3, c1=1e-4),),
        claim=_backtracking,
    ),
    DescentScene(
        id="a-dying-rate",
        title="A dying rate",
        sentence="Same learning rate. Adagrad's sum only grows and its steps die; RMSprop "
        "forgets and arrives.",
        source=Source("Chapter", "Equation 4.22"),
        surface="quadratic",
        parameters={"kappa": 5.0, "angle": 0.0},
        start=(-4.0, 1.8),
        steps=300,
        optimizers=(run_of("adagrad", lr=0.06), run_of("rmsprop", lr=0.06, alpha=0.9)),
        claim=_dying_rate,
    ),
    DescentScene(
        id="two-forms-of-momentum",
        title="Two forms of momentum",
        sentence="Same rate, same β = 0.9. A sum of gradients rolls; their mean (dashed) is a "
        "tenth of it, and creeps.",
        source=Source("Chapter", "Equation 4.16 and its note"),
        surface="quadratic",
        parameters={"kappa": 10.0, "angle": 0.3},
        start=(-4.0, 1.5),
        steps=50,
        optimizers=(
            run_of("momentum", lr=0.02, momentum=0.9, dampening=0.0),
            run_of("momentum", lr=0.02, momentum=0.9, dampening=0.9),
        ),
        claim=_two_forms,
    ),
)
