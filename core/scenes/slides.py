"""Scenes of the slides on learning rates, scaled axes, saddles and momentum."""

import numpy as np

from core.descent import Descent
from core.scenes.measure import along, arrived, ends_near, turns
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

ANGLE = 0.3  # of the valley; the steep direction stands at right angles to it
STEEP = ANGLE + np.pi / 2
BOWL = (0.0, 0.0)


def _regimes(descent: Descent) -> Facts:
    wanted = ((0.04, 0.2), (0.08, -0.6), (0.102, -1.04))
    facts = []
    for each, (rate, factor) in zip(descent.trajectories, wanted, strict=True):
        across = along(each, STEEP)[:10]
        ratio = float(np.median(across[1:] / across[:-1]))
        facts.append(
            Fact(f"factor per step across, η = {rate}", ratio, factor - 1e-6, factor + 1e-6)
        )
    diverged = descent.trajectories[2].ending
    return (*facts, Fact("the third diverges", float(diverged.reason == "diverged"), 1, 1))


def _on_a_parabola(descent: Descent) -> Facts:
    a = 2.0
    facts = []
    for each, eta in zip(descent.trajectories, (0.1, 0.5, 0.9, 1.04), strict=True):
        error = each.path[:, 0] - 1.0
        wanted = error[0] * (1 - eta * a) ** np.arange(len(error))
        worst = float(np.abs(error - wanted).max() / np.abs(wanted).max())
        facts.append(Fact(f"worst difference from (1 − ηa)ᵏ, η = {eta}", worst, 0, 1e-12))
    creeping, at_once, swinging, lost = descent.trajectories
    return (
        *facts,
        arrived(creeping, least=20),
        Fact("sign changes, η = 0.1", turns(creeping.path[:, 0] - 1.0), 0, 0),
        arrived(at_once, 1, 1),
        arrived(swinging, least=20),
        Fact("sign changes in 20 steps, η = 0.9", turns(swinging.path[:20, 0] - 1.0), 19, 19),
        Fact("the last diverges", float(lost.ending.reason == "diverged"), 1, 1),
    )


def _one_rate_for_both(descent: Descent) -> Facts:
    slow, swinging, lost = descent.trajectories
    return (
        arrived(slow, 30),
        arrived(swinging, 45),
        Fact("sign changes in y, η = 0.3", turns(slow.path[:20, 1]), 0, 0),
        Fact("sign changes in y, η = 0.6", turns(swinging.path[:20, 1]), 19, 19),
        Fact("sign changes in x, η = 0.6", turns(swinging.path[:20, 0]), 0, 0),
        Fact("|x| at the end, η = 0.7", abs(float(lost.path[-1, 0])), 0, 1e-9),
        Fact("|y| at the end, η = 0.7", abs(float(lost.path[-1, 1])), 20),
    )


def _whitened(descent: Descent) -> Facts:
    steepest, newton = descent.trajectories
    shares = newton.path[1:20] / newton.path[:19]
    return (
        Fact(
            "worst difference of Newton's factor from 0.7",
            float(np.abs(shares - 0.7).max()),
            0,
            1e-9,
        ),
        arrived(newton, 35),
        arrived(steepest, least=41),
    )


def _on_the_ridge(descent: Descent) -> Facts:
    sideways = max(float(np.abs(each.path[:, 1]).max()) for each in descent.trajectories)
    nearest = max(abs(float(each.path[-1, 0])) for each in descent.trajectories)
    stalled = sum(each.ending.reason == "stalled" for each in descent.trajectories)
    return (
        Fact("largest |y| of all", sideways, 0, 0),
        Fact("largest |x| at the end", nearest, 0, 1e-3),
        Fact("methods that stall", stalled, 4, 4),
    )


def _away_from_the_minimum(descent: Descent) -> Facts:
    newton, *guarded = descent.trajectories
    low, _ = descent.start.eigenvalues
    right = descent.surface.minima[1]
    return (
        Fact("least curvature at the start", low, high=-0.4),
        ends_near(newton, descent.surface.saddles[0], 1e-6),
        *(ends_near(each, right, 2e-3) for each in guarded),
    )


def _big_steps_leave(descent: Descent) -> Facts:
    short, long = descent.trajectories
    trap = min(descent.surface.minima)
    x = trap[0]
    # Hessian of the three-hump camel at the trap: f_xx, 1; 1, 2.
    fxx = 4 - 12.6 * x**2 + 5 * x**4
    limit = 2 / float(np.linalg.eigvalsh([[fxx, 1.0], [1.0, 2.0]])[1])
    return (
        Fact("2/λmax in the trap", limit, 0.05, 0.2),
        ends_near(short, trap, 0.01),
        ends_near(long, BOWL, 0.01),
    )


def _damped_across(descent: Descent) -> Facts:
    steepest, momentum = descent.trajectories
    swings = [float(np.abs(along(each, STEEP)[10:15]).max()) for each in descent.trajectories]
    return (
        Fact(
            "width of the swing of momentum over that of gradient descent",
            swings[1] / swings[0],
            0,
            1,
        ),
        arrived(steepest, 95, 80),
        arrived(momentum, 45, 30),
    )


def _look_ahead(descent: Descent) -> Facts:
    momentum, nesterov = descent.trajectories
    return (arrived(momentum, 170, 150), arrived(nesterov, 95, 75))


SLIDES = (
    DescentScene(
        id="three-regimes",
        title="Three regimes of one number",
        sentence="Across the valley 1/λ is 0.05: below it a slide, up to 0.1 a swing, beyond 0.1 "
        "it grows and is lost.",
        source=Source("Slides", "Non-optimal step size"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": ANGLE},
        start=(-4.0, 1.5),
        steps=60,
        optimizers=tuple(run_of("gradient_descent", lr=lr) for lr in (0.04, 0.08, 0.102)),
        at=14,
        claim=_regimes,
    ),
    DescentScene(
        id="one-curve-four-rates",
        title="One curve, four rates",
        sentence="Curvature 2: η = 0.1 creeps, 1/2 arrives at once, 0.9 swings and arrives, 1.04 "
        "swings out and is lost.",
        source=Source("Slides", "Convergence for quadratic surfaces"),
        surface="parabola",
        parameters={"a": 2.0, "b": -2.0, "c": 1.0},
        start=(-1.0, 0.0),
        steps=60,
        optimizers=tuple(run_of("gradient_descent", lr=lr) for lr in (0.1, 0.5, 0.9, 1.04)),
        at=9,
        claim=_on_a_parabola,
    ),
    DescentScene(
        id="one-rate-for-both",
        title="One rate for two directions",
        sentence="Best would be 0.33 up and down, 1 along. With 0.3, 0.6 and 0.7 for both, the "
        "last diverges in y alone.",
        source=Source("Slides", "Dependence on learning rate"),
        surface="quadratic",
        parameters={"kappa": 3.0, "angle": 0.0},
        start=(-4.0, 1.5),
        steps=50,
        optimizers=tuple(run_of("gradient_descent", lr=lr) for lr in (0.3, 0.6, 0.7)),
        at=9,
        claim=_one_rate_for_both,
    ),
    DescentScene(
        id="scaled-and-turned",
        title="Scale and turn the axes",
        sentence="Where all directions curve alike, descent is straight. Seen from here, that is "
        "Newton with η = 0.3.",
        source=Source("Slides", "Scaling and rotating the axes"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.6},
        start=(-4.0, 1.0),
        steps=40,
        optimizers=(run_of("gradient_descent", lr=0.08), run_of("newton", lr=0.3)),
        claim=_whitened,
    ),
    DescentScene(
        id="stuck-on-the-saddle",
        title="Stuck on the saddle",
        sentence="Exactly on the ridge no gradient points sideways: all four stop at the saddle. "
        "Nudge the start.",
        source=Source("Slides", "Problems with gradient descent"),
        surface="saddle",
        start=(-1.7, 0.0),
        steps=500,
        optimizers=(
            run_of("gradient_descent", lr=0.1),
            run_of("momentum", lr=0.03),
            run_of("adam", lr=0.2),
            run_of("saddle_free_newton", lr=1.0),
        ),
        claim=_on_the_ridge,
    ),
    DescentScene(
        id="away-from-the-minimum",
        title="Away from the minimum",
        sentence="Between the wells the surface bends down, and Newton turns to the saddle; four "
        "others go to the well.",
        source=Source("Slides", "Issues: the Hessian"),
        surface="two_wells",
        start=(0.4, 0.5),
        steps=60,
        optimizers=(
            run_of("newton", lr=1.0),
            run_of("damped_newton"),
            run_of("saddle_free_newton", lr=1.0),
            run_of("trust_region"),
            run_of("gradient_descent", lr=0.2),
        ),
        claim=_away_from_the_minimum,
    ),
    DescentScene(
        id="big-steps-leave",
        title="Too long to be trapped",
        sentence="A rate of 0.2 is unstable in the outer hollow, so it leaves it; 0.05 is stable "
        "there and stays.",
        source=Source("Slides", "Issues: the learning rate"),
        surface="three_hump_camel",
        start=(-2.1, -0.9),
        steps=100,
        optimizers=(run_of("gradient_descent", lr=0.05), run_of("gradient_descent", lr=0.2)),
        claim=_big_steps_leave,
    ),
    DescentScene(
        id="damped-across",
        title="Momentum damps the steep side",
        sentence="Same rate. Steps across cancel in the average, steps along add up: 41 steps in "
        "place of 87.",
        source=Source("Slides", "Momentum, physical interpretation"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": ANGLE},
        start=(-4.0, 1.5),
        steps=100,
        optimizers=(
            run_of("gradient_descent", lr=0.09),
            run_of("momentum", lr=0.09, momentum=0.6, dampening=0.0),
        ),
        claim=_damped_across,
    ),
    DescentScene(
        id="look-ahead",
        title="Look before you roll",
        sentence="Same rate, same β. Nesterov takes the gradient where the step will end: 85 "
        "steps, momentum 164.",
        source=Source("Slides", "Momentum vs Nesterov"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": ANGLE},
        start=(-4.0, 1.5),
        steps=180,
        optimizers=(
            run_of("momentum", lr=0.02, momentum=0.9, dampening=0.0),
            run_of("nesterov", lr=0.02, momentum=0.9),
        ),
        claim=_look_ahead,
    ),
)
