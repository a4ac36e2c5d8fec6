"""The three-hump camel: one minimum in the middle, a higher one at either side."""

from core.surfaces.base import Surface

# On the line y = -x/2, to which ∂f/∂y = 0 leads, ∂f/∂x = x (x⁴ - 4.2 x² + 3.5).
_SADDLE, _HIGH = "sqrt(2.1 - sqrt(0.91))", "sqrt(2.1 + sqrt(0.91))"

THREE_HUMP_CAMEL = Surface(
    name="three_hump_camel",
    title="Three-hump camel",
    formula="2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2",
    view=((-2.6, 2.6), (-1.3, 1.3)),
    start=(-2.1, -0.9),
    minima=(("0", "0"), (_HIGH, f"-{_HIGH}/2"), (f"-{_HIGH}", f"{_HIGH}/2")),
    saddles=((_SADDLE, f"-{_SADDLE}/2"), (f"-{_SADDLE}", f"{_SADDLE}/2")),
    sentence="Two shallow basins guard the deep one: a step long enough to leave the first may "
    "reach the middle.",
    reference="F. H. Branin, Widely convergent method for finding multiple solutions of "
    "simultaneous nonlinear equations, IBM Journal of Research and Development 16 (1972) 504-522",
)
