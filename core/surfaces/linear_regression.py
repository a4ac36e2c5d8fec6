"""Linear regression: the mean squared error of a line, in its slope x and its intercept y."""

from core.formula import Data
from core.surfaces.base import Surface
from core.surfaces.generate import line
from core.surfaces.pictures import Model

_DATA = Data(("s", "t"), line(seed=1, n=20, slope=0.8, intercept=0.6, scatter=0.4))


def _least_squares() -> tuple[str, str]:
    """Slope and intercept of the best line, by the normal equations about the mean."""
    s, t = _DATA.column("s"), _DATA.column("t")
    across, up = sum(s) / len(s), sum(t) / len(t)
    slope = sum((p - across) * (q - up) for p, q in _DATA.rows) / sum((p - across) ** 2 for p in s)
    return repr(slope), repr(up - slope * across)


LINEAR_REGRESSION = Surface(
    name="linear_regression",
    title="Linear regression",
    formula="(x*s + y - t)^2/2",
    view=((-2.0, 4.0), (-1.5, 2.5)),
    start=(-1.2, 2.0),
    minima=(_least_squares(),),
    sentence="A line's slope and intercept make up for each other, so the valley lies askew; "
    "centred data would straighten it.",
    reference="Thalweg; 20 points about a line, made by core/surfaces/generate.py",
    data=_DATA,
    picture=Model(("s",), "t", "x*s + y"),
)
