"""Scenes of the chapter's second-order section: Newton's method, where it fails, quasi-Newton."""

import numpy as np

from core.descent import Descent, descend
from core.scenes.measure import arrived, ends_near
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

# (4.52) and the function that oscillates have one variable; a y² beside them changes nothing in x.
CUBIC = "(x - 3)^2*(x + 3) + y^2"
CUBIC_VIEW = ((-5.0, 7.0), (-2.6, 2.6))


def _one_step(descent: Descent) -> Facts:
    newton, bfgs, steepest = descent.trajectories
    return (arrived(newton, 1, 1), arrived(bfgs, 10, 2), arrived(steepest, least=50))


def _overshoot(descent: Descent) -> Facts:
    newton, _ = descent.trajectories
    wanted = (5.25, 3.5956, 3.0683, 3.0011)
    found = newton.path[1:5, 0]
    iterates = tuple(
        Fact(f"iterate {k + 1}", float(x), want - 5e-5, want + 5e-5)
        for k, (x, want) in enumerate(zip(found, wanted, strict=True))
    )
    return (Fact("loss after the first step", float(newton.values[1]), 41.765, 41.775), *iterates)


def _climbs(descent: Descent) -> Facts:
    newton, damped, saddle_free = descent.trajectories
    return (
        ends_near(newton, (-1.0, 0.0), 1e-6),
        Fact("where Newton ends, the loss is", float(newton.values[-1]), 31.9, 32.1),
        ends_near(damped, (3.0, 0.0), 1e-3),
        ends_near(saddle_free, (3.0, 0.0), 1e-3),
    )


def _overshoots(descent: Descent) -> Facts:
    newton, guarded = descent.trajectories
    (x0, y0), x1, x2 = newton.path[0].tolist(), newton.path[1, 0], newton.path[2, 0]
    # As far to the other side of x = 1, where the curve stops bending down.
    other = descend(CUBIC, "newton", start=(2.0 - x0, y0), steps=2, view=CUBIC_VIEW, lr=1.0)
    return (
        Fact("x after one step", float(x1), 4.04, 4.05),
        Fact("distance to the minimum after two", abs(float(x2) - 3.0), 0, 0.2),
        Fact(
            "sum of that step and the other side's",
            float(x1 - x0 + np.diff(other.path[:2, 0])[0]),
            -1e-12,
            1e-12,
        ),
        Fact(
            "distance of the other side to the maximum after two",
            abs(float(other.path[2, 0]) + 1.0),
            0,
            0.2,
        ),
        Fact("largest x of the trust region", float(guarded.path[:, 0].max()), 3.0, 3.05),
        arrived(guarded, 10),
    )


def _swings(descent: Descent) -> Facts:
    newton, damped = descent.trajectories
    x = newton.path[:, 0]
    expected = np.where(np.arange(len(x)) % 2 == 0, 1.0, -1.0)
    return (
        Fact("worst difference from 1, −1, 1, …", float(np.abs(x - expected).max()), 0, 1e-12),
        Fact("steps Newton takes", newton.ending.step, 20, 20),
        arrived(damped, 5),
    )


def _memory(descent: Descent) -> Facts:
    bfgs, full, short = descent.trajectories
    apart = float(np.hypot(*(bfgs.path[10] - full.path[10])))
    return (
        arrived(bfgs, 45, 25),
        arrived(full, 45, 25),
        arrived(short, 80, 25),
        Fact("distance between BFGS and L-BFGS at step 10", apart, 1e-3),
    )


CHAPTER_NEWTON = (
    DescentScene(
        id="newton-in-one-step",
        title="A quadratic in one step",
        sentence="Newton’s model is the surface itself: it arrives at once. BFGS has to learn "
        "the curvature first.",
        source=Source("Chapter", "Section 4.6, Newton"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.3},
        start=(-4.0, 1.5),
        steps=150,
        optimizers=(run_of("newton", lr=1.0), run_of("bfgs"), run_of("gradient_descent", lr=0.05)),
        claim=_one_step,
    ),
    DescentScene(
        id="far-over-then-fast",
        title="Far over, then fast",
        sentence="From 1.5 Newton leaps to 5.25, then 3.5956, 3.0683, 3.0011. The y² is ours: x "
        "does not feel it.",
        source=Source("Chapter", "Equation 4.52"),
        formula=CUBIC,
        view=CUBIC_VIEW,
        start=(1.5, 1.6),
        steps=20,
        optimizers=(run_of("newton", lr=1.0), run_of("damped_newton")),
        claim=_overshoot,
    ),
    DescentScene(
        id="newton-can-climb",
        title="Newton can climb",
        sentence="Left of x = 1 the curve bends down, and Newton goes up to its top; the two "
        "guarded forms go down.",
        source=Source("Chapter", "Figure 4.10 (a)"),
        formula=CUBIC,
        view=CUBIC_VIEW,
        start=(0.5, 1.6),
        steps=20,
        optimizers=(
            run_of("newton", lr=1.0),
            run_of("damped_newton"),
            run_of("saddle_free_newton", lr=1.0),
        ),
        claim=_climbs,
    ),
    DescentScene(
        id="the-same-leap-mirrored",
        title="The same leap, mirrored",
        sentence="From 1.75 Newton leaps past the minimum; from 0.25 it leaps as far the other "
        "way. The y² is ours.",
        source=Source("Chapter", "Figure 4.10 (b)"),
        formula=CUBIC,
        view=CUBIC_VIEW,
        start=(1.75, 1.6),
        steps=20,
        at=1,
        zoom=((-2.9, 5.3), (-1.8, 1.8)),
        optimizers=(run_of("newton", lr=1.0), run_of("trust_region")),
        claim=_overshoots,
    ),
    DescentScene(
        id="back-and-forth",
        title="Back and forth for ever",
        sentence="From x = 1 Newton steps to −1 and back again. Damped, it arrives. The y² is "
        "ours.",
        source=Source("Chapter", "Section 4.6, oscillation"),
        formula="5/2*x^2 - x^4/4 + y^2/2",
        view=((-2.6, 2.6), (-1.2, 1.2)),
        start=(1.0, 0.8),
        steps=20,
        optimizers=(run_of("newton", lr=1.0), run_of("damped_newton")),
        claim=_swings,
    ),
    DescentScene(
        id="memory-of-a-few-steps",
        title="A memory of a few steps",
        sentence="BFGS keeps a matrix, L-BFGS the last ten pairs, or one: no Hessian, and some "
        "35 steps for the first two.",
        source=Source("Chapter", "Section 4.6, BFGS and L-BFGS"),
        surface="rosenbrock",
        start=(-1.2, 1.0),
        steps=150,
        optimizers=(run_of("bfgs"), run_of("lbfgs", history=10), run_of("lbfgs", history=1)),
        claim=_memory,
    ),
)
