"""A saddle between two minima."""

from core.surfaces.base import Surface

SADDLE = Surface(
    name="saddle",
    title="Saddle",
    formula="x^4/4 - x^2/2 + y^2/2",
    view=((-2.0, 2.0), (-1.0, 1.0)),
    start=(0.02, 0.85),  # a little off the ridge x = 0, on which gradient descent would stay
    minima=(("1", "0"), ("-1", "0")),
    saddles=(("0", "0"),),
    sentence="At the saddle the gradient vanishes though the minima lie on either side: who leaves "
    "first?",
    reference="Y. N. Dauphin et al., Identifying and attacking the saddle point problem in "
    "high-dimensional non-convex optimization, NeurIPS 27 (2014)",
)
