"""Branin's function: a winding valley with three lowest points of equal depth."""

from core.surfaces.base import Surface

# The parabola in the first bracket is the floor of the valley; on it f changes as cos(x), so that
# every odd multiple of π is a minimum and every even one a saddle. These are the ones in the view.
BRANIN = Surface(
    name="branin",
    title="Branin",
    formula="(y - 5.1*x^2/(4*pi^2) + 5*x/pi - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10",
    view=((-6.0, 12.0), (0.5, 14.0)),
    start=(2.2, 12.0),
    minima=(("-pi", "12.275"), ("pi", "2.275"), ("3*pi", "2.475")),
    saddles=(("0", "6"), ("2*pi", "1.1")),
    sentence="Three minima of the same depth along one valley: a small change of start or learning "
    "rate decides among them.",
    reference="F. H. Branin, Widely convergent method for finding multiple solutions of "
    "simultaneous nonlinear equations, IBM Journal of Research and Development 16 (1972) 504-522",
)
