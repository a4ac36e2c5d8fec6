"""The saddle of every textbook: a valley along one axis, a ridge along the other."""

from core.surfaces.base import Surface

SADDLE = Surface(
    name="saddle",
    title="Saddle",
    formula="x^2 - y^2",
    view=((-2.0, 2.0), (-1.0, 1.0)),
    start=(-1.7, 0.02),  # a little off the axis y = 0, on which gradient descent would stay
    saddles=(("0", "0"),),
    sentence="The valley leads to a point where the gradient vanishes. Who leaves it first?",
    reference="Y. N. Dauphin et al., Identifying and attacking the saddle point problem in "
    "high-dimensional non-convex optimization, NeurIPS 27 (2014)",
)
