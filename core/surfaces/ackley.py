"""Ackley's function: a funnel whose walls are full of pits."""

from core.surfaces.base import Place, Surface


def _mirrored(*quarter: Place) -> tuple[Place, ...]:
    """The places and their images in the four quarters; f depends on |x| and |y| alone."""
    return tuple((sx, sy) for x, y in quarter for sx in _signed(x) for sy in _signed(y))


def _signed(text: str) -> tuple[str, ...]:
    return (text,) if text == "0" else (text, f"-{text}")


# Minima and saddles are those in the view. At the lowest minimum the root has a kink: f rises from
# it like a cone, its gradient does not shrink towards it, and at the point itself there is none.
ACKLEY = Surface(
    name="ackley",
    title="Ackley",
    formula="20 + e - 20*exp(-sqrt((x^2 + y^2)/2)/5) - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
    view=((-2.4, 2.4), (-1.2, 1.2)),
    start=(-1.5, 0.9),
    minima=_mirrored(
        ("0", "0"),
        ("0.9521665459501717", "0"),
        ("0", "0.9521665459501717"),
        ("0.9684776587077244", "0.9684776587077244"),
        ("1.9589197181217173", "0"),
        ("1.9646166628629864", "0.9824160350791393"),
    ),
    saddles=_mirrored(
        ("0.6257806168564638", "0"),
        ("0", "0.6257806168564638"),
        ("0.8747620388753442", "0.5774125352782147"),
        ("0.5774125352782147", "0.8747620388753442"),
        ("1.6102960205537256", "0"),
        ("1.5950289240728648", "0.9458984927015271"),
        ("1.855976708974908", "0.5364972381119946"),
    ),
    sentence="The lowest point is a kink, where no gradient vanishes: with one learning rate for "
    "all steps none comes to rest there.",
    reference="D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer (1987)",
)
