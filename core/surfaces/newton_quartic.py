"""A hollow between two hilltops, from which Newton's method may swing for ever."""

from core.surfaces.base import LINE, Surface

# Beyond the hilltops at x = ±√5 it falls without end.
NEWTON_QUARTIC = Surface(
    name="newton_quartic",
    title="Newton’s quartic",
    formula="5/2*x^2 - x^4/4",
    variables=("x",),
    view=((-3.0, 3.0), LINE),
    start=(0.9, 0.0),
    minima=(("0", "0"),),
    sentence="From x = 1 Newton steps to −1 and back for ever; started nearer it arrives, "
    "started farther out it is thrown over the hill.",
    reference="B. Liquet, S. Moka, Y. Nazarathy, Mathematical Engineering of Deep Learning, CRC "
    "Press (2024), section 4.6",
)
