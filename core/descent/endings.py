"""From the code that a kernel leaves to a reason and a sentence with figures."""

from collections.abc import Callable, Sequence
from math import inf, sqrt

from core.descent.figures import Figure, Point, figure
from core.descent.native import Floats
from core.descent.rule import REACH, Rule
from core.descent.trajectory import Ending, Reason
from core.optimizers import Optimizer, Stability, abi


def eigenvalues(jet: Sequence[float]) -> tuple[float, float]:
    """Eigenvalues of the Hessian, ascending; `jet` is f, fx, fy, fxx, fxy, fyy."""
    _, _, _, hxx, hxy, hyy = jet
    mean, radius = 0.5 * (hxx + hyy), sqrt((0.5 * (hxx - hyy)) ** 2 + hxy * hxy)
    return mean - radius, mean + radius


def ending(
    code: int,
    rows: Floats,
    optimizer: Optimizer,
    rule: Rule,
    stability: Stability | None,
    evaluate: Callable[[float, float], Sequence[float]],
) -> Ending:
    """Say how a run ended; `rows` is all it recorded, `evaluate(x, y)` gives the surface's jet."""
    x, y, f, norm = rows[-1, :4].tolist()
    last, first = len(rows) - 1, float(rows[0, 2])
    who, steps = optimizer.title, f"{last:,} step" + ("" if last == 1 else "s")
    below = norm < rule.tolerance
    reason, what = _REASONS[code]
    if code == abi.BUDGET and below:
        reason, what = "stalled", "stalled after {steps}: its gradient norm is {norm}"
    sentence = f"{who} " + what.format(
        step=f"{last:,}",
        steps=steps,
        at=Point((x, y)),
        start=Figure(first),
        f=Figure(f),
        norm=Figure(norm),
        tolerance=Figure(rule.tolerance),
        reach=REACH,
    )
    if reason == "stalled" and below:
        sentence += f", where {_place(evaluate(x, y))}"
    sentence += "."
    before = rows[max(last - 1, 0), :2].tolist()
    if rule.is_longest(optimizer, x - before[0], y - before[1]):
        sentence += " Its last step is the longest that its line search may try."
    if reason == "diverged" and stability is not None:
        sentence += _beyond(optimizer, stability)
    return Ending(reason, last, sentence)


_REASONS: dict[int, tuple[Reason, str]] = {
    abi.CONVERGED: (
        "converged",
        "converged after {steps}: its gradient norm {norm} is below {tolerance}",
    ),
    abi.NOT_FINITE: (
        "diverged",
        "diverged at step {step}: f or its gradient is not a finite number at {at}",
    ),
    abi.FAR_ABOVE: (
        "diverged",
        "diverged at step {step}: at {at} it is more than {reach} half-widths from the view's "
        "centre, and f has risen from {start} to {f}",
    ),
    abi.FAR_BELOW: (
        "left_view",
        "left the view at step {step}: at {at} it is more than {reach} half-widths from its "
        "centre, with f at {f}, not above the {start} of the start",
    ),
    abi.UNCHANGED: (
        "stalled",
        "stalled at step {step}: the step is too small to change the point {at}; "
        "the gradient norm is {norm}",
    ),
    abi.NO_STEP: (
        "stalled",
        "stalled at step {step}: it finds no step from {at} that lowers f enough; "
        "the gradient norm is {norm}",
    ),
    abi.SINGULAR: (
        "stalled",
        "stalled at step {step}: the Hessian at {at} is singular, so there is no Newton step; "
        "the gradient norm is {norm}",
    ),
    abi.BUDGET: ("step_budget", "is still moving after {steps}: its gradient norm is {norm}"),
}


def _place(jet: Sequence[float]) -> str:
    """Describe a point with a vanishing gradient that is no minimum."""
    low, high = eigenvalues(jet)
    kind = "a maximum" if high < 0 else "a saddle" if low < 0 < high else "flat ground"
    return f"the surface has {kind} (eigenvalues {figure(low)} and {figure(high)})"


def _beyond(optimizer: Optimizer, stability: Stability) -> str:
    """Set the learning rate against the limit at the start, where it lies beyond."""
    rates = optimizer.rates(1)
    rate = getattr(optimizer, "lr", 0.0) if rates is None else float(rates[0])
    if not stability.limit < rate < inf:
        return ""
    return (
        f" Its learning rate {figure(rate)} is {figure(rate / stability.limit, 2)} times "
        f"{stability.label} = {figure(stability.limit)} at the start."
    )
