"""Loss surfaces, each declared once; value, gradient and Hessian follow from the formula."""

from core.refusal import Refusal
from core.surfaces.base import Surface
from core.surfaces.beale import BEALE
from core.surfaces.himmelblau import HIMMELBLAU
from core.surfaces.long_valley import LONG_VALLEY
from core.surfaces.quadratic import QUADRATIC
from core.surfaces.rosenbrock import ROSENBROCK
from core.surfaces.saddle import SADDLE

SURFACES: tuple[Surface, ...] = (ROSENBROCK, BEALE, SADDLE, QUADRATIC, HIMMELBLAU, LONG_VALLEY)

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
