"""The chapter's line searches seen along the line itself; the panel that draws it stands open."""

import numpy as np

from core.descent import Descent
from core.descent.linesearch import LineSearch, Trial, line_search_at
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of


def _along_the_ray(descent: Descent) -> Facts:
    found = line_search_at(CROSS_SECTION.request(), 0)
    size = float(np.hypot(*descent.start.gradient))
    assert found.minimiser is not None
    return (
        Fact("α*", found.minimiser / size, 0.001645, 0.001655),
        Fact("loss at α = 0", float(found.phi[0]), 41 - 1e-9, 41 + 1e-9),
        Fact("least loss along the line", float(found.phi.min()), 0.28, 0.3),
        Fact("step taken minus the minimiser", found.step - found.minimiser, -1e-7, 1e-7),
        Fact("minima within the picture", _minima(found), 1, 1),
    )


def _minima(found: LineSearch) -> int:
    falls = found.slopes < 0
    return int(np.count_nonzero(falls[:-1] & ~falls[1:]))


def _two_conditions(descent: Descent) -> Facts:
    found = line_search_at(CONDITIONS.request(), 1)
    *rejected, taken = found.trials
    high = [_too_high(found, each) for each in rejected]
    steep = [each.slope < found.c2 * found.slopes[0] for each in rejected]
    return (
        Fact("trials", len(found.trials), 4, 4),
        Fact("rejected as still too steep", sum(steep), 2, 2),
        Fact("rejected as too high", sum(high), 1, 1),
        Fact("place of the one too high", high.index(True), 2, 2),
        Fact("the last is the step", float(taken.accepted), 1, 1),
        Fact("it is too high", float(_too_high(found, taken)), 0, 0),
        Fact("its |φ′| over |φ′(0)|", abs(taken.slope / float(found.slopes[0])), 0, found.c2),
    )


def _too_high(found: LineSearch, trial: Trial) -> bool:
    line = found.phi[0] + found.c1 * trial.distance * found.slopes[0]
    return bool(trial.phi > line)


CROSS_SECTION = DescentScene(
    id="the-loss-along-the-line",
    title="The loss along the line",
    sentence="From 41 down to 0.29 at 0.00165 times the gradient, then up again.",
    source=Source("Chapter", "Figure 4.8 (b)"),
    surface="rosenbrock",
    start=(0.8, 0.0),
    steps=1,
    at=0,
    open=("linesearch",),
    zoom=((-0.6, 1.4), (-0.35, 1.15)),
    optimizers=(run_of("exact_line_search"),),
    claim=_along_the_ray,
)
CONDITIONS = DescentScene(
    id="neither-too-steep-nor-too-high",
    title="Neither too steep nor too high",
    sentence="Two trials still fall too steeply, the third lands too high, the fourth is taken.",
    source=Source("Chapter", "Equation 4.50"),
    surface="six_hump_camel",
    start=(-2.0, -0.9),
    steps=30,
    at=1,
    open=("linesearch",),
    optimizers=(run_of("bfgs"),),
    claim=_two_conditions,
)
CHAPTER_LINES: tuple[DescentScene, ...] = (CROSS_SECTION, CONDITIONS)
