"""What a surface is: one plain expression and what a reader should know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from core.formula import Data, Expression, parse
from core.formula.evaluate import primals
from core.parameter import Parameter
from core.surfaces.pictures import Model, Points

Point = tuple[float, float]
Variables = tuple[str] | tuple[str, str]
Place = tuple[str, str]  # a point as two formulas in the parameters: ("a", "a^2")
Interval = tuple[float, float]

LINE: Interval = (-1.0, 1.0)
"""What stands for y in the view of a function of x alone, whose ways stay on y = 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A loss surface f(x, y), declared once; derivatives and native code come from `formula`.

    `view` is the least part of the plane worth seeing ((x low, x high), (y low, y high)), `start`
    lies in it. `minima`, the higher ones too, and `saddles` are all points of the kind in the view,
    as formulas in the parameters; where there are not many, also those outside. With `data` the
    surface is a finite sum: `formula` is one term, and f the mean of it over the rows;
    `picture` says what these look like. A function of one variable has the `variables` ("x",); its
    start and points lie on y = 0, and the y of its view is LINE.
    """

    name: str
    title: str
    formula: str
    parameters: tuple[Parameter, ...] = ()
    view: tuple[Interval, Interval]
    start: Point
    minima: tuple[Place, ...] = ()
    saddles: tuple[Place, ...] = ()
    sentence: str
    reference: str
    data: Data | None = None
    picture: Points | Model | None = None
    variables: Variables = ("x", "y")

    def expression(self) -> Expression:
        """The parsed formula; its parameters stand in the declared order, at their defaults."""
        given = tuple((each.name, each.default) for each in self.parameters)
        return _parsed(self.formula, given, self.variables, self.data)

    def mathml(self) -> str:
        """The formula as one `<math>` element, parameters by their declared symbols."""
        return self.expression().mathml(self.symbols())

    def symbols(self) -> dict[str, str]:
        """Parameter name -> letter, for the MathML of formula and derivatives."""
        return {each.name: each.symbol.lstrip("\\") for each in self.parameters}

    def minima_at(self, values: Mapping[str, float]) -> list[Point]:
        """All minima, where the parameters have these values (defaults where none is given).

        How deep each of them is, f says: the lowest are the global ones.
        """
        return self._points(self.minima, values)

    def saddles_at(self, values: Mapping[str, float]) -> list[Point]:
        """The saddle points, where the parameters have these values."""
        return self._points(self.saddles, values)

    def _points(self, places: tuple[Place, ...], values: Mapping[str, float]) -> list[Point]:
        given = tuple((each.name, values.get(each.name, each.default)) for each in self.parameters)
        return list(_points(places, given))


@cache
def _parsed(
    text: str,
    parameters: tuple[tuple[str, float], ...],
    variables: tuple[str, ...],
    data: Data | None = None,
) -> Expression:
    return parse(text, dict(parameters), variables, data)


@lru_cache(maxsize=256)  # every descent asks anew, and a surface may have dozens of places
def _points(places: tuple[Place, ...], values: tuple[tuple[str, float], ...]) -> list[Point]:
    texts = dict.fromkeys(text for place in places for text in place)
    found = {text: _number(text, dict(values)) for text in texts}
    return [(found[x], found[y]) for x, y in places]


def _number(text: str, values: Mapping[str, float]) -> float:
    expression = _parsed(text, tuple((name, 1.0) for name in values), ())
    return primals(expression.graph, [expression.root], values)[expression.root]
