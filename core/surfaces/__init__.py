"""Loss surfaces, each declared once; value, gradient and Hessian follow from the formula."""

from core.refusal import Refusal
from core.surfaces.ackley import ACKLEY
from core.surfaces.base import Surface
from core.surfaces.beale import BEALE
from core.surfaces.booth import BOOTH
from core.surfaces.branin import BRANIN
from core.surfaces.goldstein_price import GOLDSTEIN_PRICE
from core.surfaces.himmelblau import HIMMELBLAU
from core.surfaces.least_squares_points import LEAST_SQUARES_POINTS
from core.surfaces.linear_regression import LINEAR_REGRESSION
from core.surfaces.logistic_regression import LOGISTIC_REGRESSION
from core.surfaces.long_valley import LONG_VALLEY
from core.surfaces.matyas import MATYAS
from core.surfaces.mccormick import MCCORMICK
from core.surfaces.monkey_saddle import MONKEY_SADDLE
from core.surfaces.newton_example import NEWTON_EXAMPLE
from core.surfaces.newton_quartic import NEWTON_QUARTIC
from core.surfaces.parabola import PARABOLA
from core.surfaces.peaks import PEAKS
from core.surfaces.quadratic import QUADRATIC
from core.surfaces.rastrigin import RASTRIGIN
from core.surfaces.rosenbrock import ROSENBROCK
from core.surfaces.saddle import SADDLE
from core.surfaces.sigmoid_network import SIGMOID_NETWORK_CROSS_ENTROPY, SIGMOID_NETWORK_SQUARED
from core.surfaces.six_hump_camel import SIX_HUMP_CAMEL
from core.surfaces.styblinski_tang import STYBLINSKI_TANG
from core.surfaces.three_hump_camel import THREE_HUMP_CAMEL
from core.surfaces.two_wells import TWO_WELLS

# Valleys, bowls, saddles, a few minima, many, sums over data, and one variable: in this order they
# are offered.
SURFACES: tuple[Surface, ...] = (
    ROSENBROCK,
    LONG_VALLEY,
    BEALE,
    QUADRATIC,
    BOOTH,
    MATYAS,
    SADDLE,
    MONKEY_SADDLE,
    TWO_WELLS,
    HIMMELBLAU,
    THREE_HUMP_CAMEL,
    SIX_HUMP_CAMEL,
    STYBLINSKI_TANG,
    BRANIN,
    MCCORMICK,
    GOLDSTEIN_PRICE,
    PEAKS,
    RASTRIGIN,
    ACKLEY,
    LEAST_SQUARES_POINTS,
    LINEAR_REGRESSION,
    LOGISTIC_REGRESSION,
    SIGMOID_NETWORK_SQUARED,
    SIGMOID_NETWORK_CROSS_ENTROPY,
    PARABOLA,
    NEWTON_EXAMPLE,
    NEWTON_QUARTIC,
)

__all__ = ["SURFACES", "Surface", "surface"]


def surface(name: str) -> Surface:
    """The surface of that name, or a Refusal that names those there are."""
    for each in SURFACES:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in SURFACES)
    raise Refusal(
        f"Expected one of the surfaces {known}, got “{name}”. Choose one of them.", field="surface"
    )
