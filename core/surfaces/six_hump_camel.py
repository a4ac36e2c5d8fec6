"""The six-hump camel: six minima in three pairs, the lowest pair near the middle."""

from core.surfaces.base import Surface

# Beyond the saddle in the middle there are no short closed forms; f(-x, -y) = f(x, y).
SIX_HUMP_CAMEL = Surface(
    name="six_hump_camel",
    title="Six-hump camel",
    formula="(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2",
    view=((-2.4, 2.4), (-1.2, 1.2)),
    start=(-2.0, -0.9),
    minima=(
        ("0.08984201310031806", "-0.7126564030207396"),
        ("-0.08984201310031806", "0.7126564030207396"),
        ("1.703606714969981", "-0.7960835686726251"),
        ("-1.703606714969981", "0.7960835686726251"),
        ("1.6071047529201972", "0.5686514548841314"),
        ("-1.6071047529201972", "-0.5686514548841314"),
    ),
    saddles=(
        ("0", "0"),
        ("1.1092053368047865", "-0.7682680925095399"),
        ("-1.1092053368047865", "0.7682680925095399"),
        ("1.6380679841897785", "0.22867406904439408"),
        ("-1.6380679841897785", "-0.22867406904439408"),
        ("1.2960702671671092", "0.6050843880386585"),
        ("-1.2960702671671092", "-0.6050843880386585"),
    ),
    sentence="Six minima of three depths: most paths end in the nearest one, the deepest or not.",
    reference="F. H. Branin, Widely convergent method for finding multiple solutions of "
    "simultaneous nonlinear equations, IBM Journal of Research and Development 16 (1972) 504-522",
)
