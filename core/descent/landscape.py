"""A request's surface, made ready to be walked: machine code, parameter values, known points."""

from dataclasses import dataclass
from functools import lru_cache

from core import formula, surfaces
from core.descent.native import Box, Ground
from core.descent.request import NamedSurface, TypedSurface
from core.descent.trajectory import SurfaceFacts
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
    code = _compiled(surface.formula, tuple(values), surface.data)
    ground = Ground(code, [values[name] for name in code.expression.parameters])
    minima, saddles = surface.minima_at(values), surface.saddles_at(values)
    heights = [ground.evaluate(x, y)[0] for x, y in minima]
    facts = SurfaceFacts(values, minima, heights, saddles, min(heights, default=None))
    rows = len(surface.data.rows) if surface.data else 0
    return Landscape(ground, surface.view, facts, surface.title, rows)


@lru_cache(maxsize=64)
def _compiled(
    text: str, names: tuple[str, ...] | None, data: formula.Data | None = None
) -> formula.Native:
    """Parse and compile a formula; its parameters are given anew with every call."""
    try:
        given = None if names is None else dict.fromkeys(names, 1.0)
        return formula.compile(formula.parse(text, given, data=data))
    except Refusal as refused:
        raise Refusal(
            refused.sentence, field=refused.field or "surface.formula", position=refused.position
        ) from None
