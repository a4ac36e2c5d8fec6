"""Scenes of the slides on running means of gradients: scaling by variation, and bias correction."""

import numpy as np

from core.descent import Descent
from core.scenes.measure import minimum_reached
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

FIVE = 5  # steps of the slides' table
RATE = 0.4  # of both Adams
BETA1, BETA2 = 0.9, 0.999


def _scaled_by_variation(descent: Descent) -> Facts:
    scaled, steepest = (np.diff(each.path[: FIVE + 1], axis=0) for each in descent.trajectories)
    across = np.abs(steepest).sum(axis=0)
    even = np.abs(scaled).sum(axis=0)
    return (
        Fact("total way of gradient descent in y over that in x", across[1] / across[0], 5.5, 6.5),
        Fact("signs that its five steps take in y", len(set(np.sign(steepest[:, 1]))), 2, 2),
        Fact("total way of RMSprop in y over that in x", even[1] / even[0], 0.5, 1),
        Fact(
            "RMSprop's first step in y over that in x",
            float(abs(scaled[0, 1] / scaled[0, 0])),
            1 - 1e-6,
            1 + 1e-6,
        ),
    )


def _left_uncorrected(descent: Descent) -> Facts:
    corrected, plain = descent.trajectories
    first = [np.abs(each.path[1] - each.path[0]) / RATE for each in descent.trajectories]
    longest = [
        float(np.abs(np.diff(each.path, axis=0)).max()) / RATE for each in (corrected, plain)
    ]
    expected = (1 - BETA1) / float(np.sqrt(1 - BETA2))
    return (
        *(
            Fact(f"first step in {axis} over η, corrected", float(size), 1 - 1e-6, 1 + 1e-6)
            for axis, size in zip("xy", first[0], strict=True)
        ),
        *(
            Fact(f"the same without, beside {expected:.4f}", float(size) / expected, 0.9999, 1.0001)
            for size in first[1]
        ),
        Fact("longest step in a coordinate over η, corrected", longest[0], 1, 1.1),
        Fact("longest step in a coordinate over η, without", longest[1], 4, 5),
        Fact("minimum of the corrected", minimum_reached(descent, corrected), 0, 0),
        Fact("minimum of the other", minimum_reached(descent, plain), 3, 3),
    )


SLIDES_AVERAGES = (
    DescentScene(
        id="scaled-by-variation",
        title="Scaled by variation",
        sentence="In five steps gradient descent goes six times as far across as along; RMSprop "
        "gives y a lower rate.",
        source=Source("Slides", "Variance-normalized step"),
        surface="quadratic",
        parameters={"kappa": 20.0, "angle": 0.0},
        start=(-4.0, 1.5),
        steps=60,
        optimizers=(
            run_of("rmsprop", lr=0.1, alpha=0.99),
            run_of("gradient_descent", lr=0.09),
        ),
        at=FIVE,
        average="five_y:0.9:square",
        claim=_scaled_by_variation,
    ),
    DescentScene(
        id="left-uncorrected",
        title="Adam without its correction",
        sentence="v starts at 0, too small to divide by. Uncorrected (c = 0), the first step is "
        "3.2 η, the minimum another.",
        source=Source("Slides", "Bias correction"),
        surface="himmelblau",
        start=(0.5, 0.5),
        steps=220,
        optimizers=(
            run_of("adam", lr=RATE, beta1=BETA1, beta2=BETA2, bias_correction=1),
            run_of("adam", lr=RATE, beta1=BETA1, beta2=BETA2, bias_correction=0),
        ),
        at=10,
        average="gradient_x:0.999:square",
        claim=_left_uncorrected,
    ),
)
