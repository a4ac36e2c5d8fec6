"""The function of Goldstein and Price: four minima in a narrow cross of valleys."""

from core.surfaces.base import Surface

GOLDSTEIN_PRICE = Surface(
    name="goldstein_price",
    title="Goldstein-Price",
    formula="(1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2))"
    "*(30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))",
    view=((-2.2, 2.6), (-1.6, 1.2)),
    start=(-1.2, -0.3),
    minima=(("0", "-1"), ("-0.6", "-0.4"), ("1.8", "0.2"), ("1.2", "0.8")),
    saddles=(("-0.4", "-0.6"), ("1.2", "-0.2"), ("1.4", "0.6"), ("0.6", "0.4")),
    sentence="Heights from 3 to a million in one view: a learning rate that bears the walls hardly "
    "moves on the floor.",
    reference="A. A. Goldstein, J. F. Price, On descent from local minima, Mathematics of "
    "Computation 25 (1971) 569-574",
)
