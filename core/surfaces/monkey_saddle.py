"""The monkey saddle: three valleys meet, two for the legs and one for the tail."""

from core.surfaces.base import Surface

MONKEY_SADDLE = Surface(
    name="monkey_saddle",
    title="Monkey saddle",
    formula="x^3 - 3*x*y^2",
    view=((-2.0, 2.0), (-1.0, 1.0)),
    start=(1.7, 0.15),  # a little off the axis y = 0, which leads straight to the saddle
    saddles=(("0", "0"),),
    sentence="At the saddle even the Hessian vanishes, so that no curvature tells which of the "
    "three valleys leads down.",
    reference="D. Hilbert, S. Cohn-Vossen, Anschauliche Geometrie, Springer (1932)",
)
