"""The trust region's question, answered exactly: where within a radius is a quadratic lowest?

In the axes of the Hessian it is min a u + b v + (λ₁ u² + λ₂ v²)/2 over u² + v² ≤ Δ², with λ₁ ≤ λ₂.
The answer solves (H + μ I) p = −g with H + μ I positive semidefinite and μ = 0 or |p| = Δ (theorem
4.1 of Nocedal & Wright 2006). Everything is told in t = λ₁ + μ, which stays exact near 0.
"""

from math import sqrt

from core.optimizers.abi import routine

ROUNDS = 60  # of Newton's method, which needs two or three; more where a is almost 0
PRECISION = 1e-14  # of |p| = Δ

# Of the methods that ask it.
TRIALS = 40  # points that a step tries, each in a smaller region
REST = 1e-9  # part of the radius below which a step is none
ROUNDING = 1e-15  # part of f by which equal values may differ


@routine
def lowest_within(
    low: float, high: float, a: float, b: float, radius: float
) -> tuple[float, float]:
    """Return (u, v) for the eigenvalues `low` ≤ `high` and the gradient (a, b) in their axes."""
    if low > 0.0 and (a / low) ** 2 + (b / high) ** 2 <= radius * radius:
        return -a / low, -b / high
    gap = high - low
    if a == 0.0 and low <= 0.0 and abs(b) <= radius * gap:
        # The hard case: the gradient says nothing about the direction that falls most; either sign.
        v = -b / gap if b != 0.0 else 0.0
        return sqrt(radius * radius - v * v), v
    # Newton on 1/|p(t)| = 1/Δ, a concave function: from the left it comes without overshooting. The
    # start is such a t, as there already one coordinate alone, or μ = 0, is Δ long or longer.
    t = max(low, abs(a) / radius, abs(b) / radius - gap)
    u = v = norm = 0.0
    for _ in range(ROUNDS):
        u, v = -a / t, -b / (gap + t)
        norm = sqrt(u * u + v * v)
        if norm <= radius * (1.0 + PRECISION):
            break
        t += (norm / radius - 1.0) * norm * norm / (u * u / t + v * v / (gap + t))
    return u / norm * radius, v / norm * radius
