"""A request's surface, made ready to be walked: machine code, parameter values, known points."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core import formula, surfaces
from core.descent.native import Box, Ground
from core.descent.request import NamedSurface, TypedSurface
from core.descent.trajectory import SurfaceFacts
from core.optimizers import Optimizer
from core.refusal import Refusal

Point = tuple[float, float]
TYPED_VIEW: Box = ((-5.0, 5.0), (-5.0, 5.0))


@dataclass(frozen=True, slots=True)
class Landscape:
    """A surface to run on, the part of it that is looked at, and what is known of it."""

    ground: Ground
    view: Box
    facts: SurfaceFacts
    title: str = "a typed formula"
    rows: int = 0  # of the data that it is a sum over; 0 where it is none

    def seen(self, asked: Box | None) -> Box:
        """The view of a request, or the surface's own; of a line, only its x can be asked."""
        if asked is None:
            return self.view
        return asked if self.facts.variables == 2 else (asked[0], self.view[1])

    def check(self, start: Point, optimizers: Sequence[Optimizer]) -> None:
        """Raise Refusal for a start off the line of one variable, or a method of none but one."""
        variables = self.facts.variables
        if variables == 1 and start[1] != 0:
            raise Refusal(
                f"Expected a start [x, 0] on {self.title}, which has one variable, got y = "
                f"{start[1]:g}. Set y to 0.",
                field="start",
            )
        for index, each in enumerate(optimizers):
            if variables not in each.variables:
                raise Refusal(
                    f"Expected a function of one variable for {each.title}, got {self.title}, "
                    "which has two. Choose another surface, or leave the method out.",
                    field=f"optimizers.{index}",
                )


def landscape(surface: NamedSurface | TypedSurface) -> Landscape:
    """Compile (or find compiled) what the request names or types."""
    if isinstance(surface, NamedSurface):
        return _named(surface)
    given = surface.parameters
    code = _compiled(surface.formula, None if given is None else tuple(given))
    values = dict.fromkeys(code.expression.parameters, 1.0) if given is None else given
    ground = Ground(code, [values[name] for name in code.expression.parameters])
    return Landscape(ground, TYPED_VIEW, SurfaceFacts(values, [], [], [], None))


def _named(named: NamedSurface) -> Landscape:
    try:
        surface = surfaces.surface(named.name)
    except Refusal as refused:
        raise Refusal(refused.sentence, field="surface.name") from None
    values = {each.name: each.default for each in surface.parameters}
    for name, value in named.parameters.items():
        field = f"surface.parameters.{name}"
        if name not in values:
            known = ", ".join(values) or "none"
            raise Refusal(
                f"Expected a parameter of {surface.title} ({known}), got “{name}”. Leave it out.",
                field=field,
            )
        declared = next(each for each in surface.parameters if each.name == name)
        if not declared.low <= value <= declared.high:
            raise Refusal(
                f"Expected {name} between {declared.low:g} and {declared.high:g}, got {value:g}. "
                "Move it inside.",
                field=field,
            )
        values[name] = value
    code = _compiled(surface.formula, tuple(values), surface.data, surface.variables)
    ground = Ground(code, [values[name] for name in code.expression.parameters])
    minima, saddles = surface.minima_at(values), surface.saddles_at(values)
    heights = [ground.evaluate(x, y)[0] for x, y in minima]
    lowest = min(heights, default=None)
    facts = SurfaceFacts(values, minima, heights, saddles, lowest, len(surface.variables))
    rows = len(surface.data.rows) if surface.data else 0
    return Landscape(ground, surface.view, facts, surface.title, rows)


@lru_cache(maxsize=64)
def _compiled(
    text: str,
    names: tuple[str, ...] | None,
    data: formula.Data | None = None,
    variables: tuple[str, ...] = ("x", "y"),
) -> formula.Native:
    """Parse and compile a formula; its parameters are given anew with every call."""
    try:
        given = None if names is None else dict.fromkeys(names, 1.0)
        return formula.compile(formula.parse(text, given, variables, data))
    except Refusal as refused:
        raise Refusal(
            refused.sentence, field=refused.field or "surface.formula", position=refused.position
        ) from None
