"""McCormick's function: a staircase of basins down a valley."""

from core.surfaces.base import Surface

# With s = x + y the gradient vanishes where x - y = 1 and cos(s) = -1/2: a minimum at each
# s = -2π/3 + 2πk, lower by π than the one before it, and so without end. These lie in the view.
MCCORMICK = Surface(
    name="mccormick",
    title="McCormick",
    formula="sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1",
    view=((-3.0, 5.0), (-2.5, 2.5)),
    start=(3.5, -0.4),
    minima=(("1/2 - pi/3", "-1/2 - pi/3"), ("1/2 + 2*pi/3", "-1/2 + 2*pi/3")),
    saddles=(
        ("1/2 + pi/3", "-1/2 + pi/3"),
        ("1/2 - 2*pi/3", "-1/2 - 2*pi/3"),
    ),
    sentence="A valley that goes down in basins without end: descent stays in the first that it "
    "comes to.",
    reference="F. A. Lootsma (editor), Numerical Methods for Non-linear Optimization, Academic "
    "Press (1972)",
)
