"""A cubic on which Newton's method leaps too far before it is fast."""

from core.surfaces.base import LINE, Surface

# Left of -3 it falls without end, and lower than at its minimum.
NEWTON_EXAMPLE = Surface(
    name="newton_example",
    title="Newton’s cubic",
    formula="(x - 3)^2*(x + 3)",
    variables=("x",),
    view=((-3.0, 6.0), LINE),
    start=(1.5, 0.0),
    minima=(("3", "0"),),
    sentence="Right of x = 1 Newton overshoots the minimum, then closes in within a few steps; "
    "left of it, it climbs.",
    reference="B. Liquet, S. Moka, Y. Nazarathy, Mathematical Engineering of Deep Learning, CRC "
    "Press (2024), section 4.6, equation (4.52)",
)
