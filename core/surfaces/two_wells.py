"""A double well: two basins, of which the tilt makes one the deeper."""

from core.parameter import Parameter
from core.surfaces.base import Surface


def _root(k: int) -> str:
    """The k-th root from the right of x³ - x + tilt, by Viète's formula."""
    return f"2/sqrt(3)*cos((acos(-1.5*sqrt(3)*tilt) - 2*pi*{k})/3)"


TWO_WELLS = Surface(
    name="two_wells",
    title="Two wells",
    formula="x^4/4 - x^2/2 + tilt*x + y^2/2",
    parameters=(
        Parameter("tilt", 0.1, -0.3, 0.3, "t", "which well is deeper: the left one if positive"),
    ),
    view=((-2.0, 2.0), (-1.0, 1.0)),
    start=(1.6, 0.7),
    minima=((_root(2), "0"), (_root(0), "0")),
    saddles=((_root(1), "0"),),
    sentence="Who arrives with enough momentum rolls over the ridge into the deeper well; the "
    "others stay in the first.",
    reference="Thalweg; the potential is the cusp of R. Thom, Structural Stability and "
    "Morphogenesis, Benjamin (1975)",
)
