"""The function of Styblinski and Tang: a basin in each quarter of the plane."""

from itertools import product

from core.surfaces.base import Surface

# The roots of 4x³ - 32x + 5, where either coordinate's part of f is flat.
_LOW, _CREST, _HIGH = "-2.903534027771177", "0.1567312567803401", "2.746802770990837"

STYBLINSKI_TANG = Surface(
    name="styblinski_tang",
    title="Styblinski-Tang",
    formula="(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
    view=((-5.6, 5.6), (-4.0, 4.0)),
    start=(4.6, 1.7),
    minima=tuple(product((_LOW, _HIGH), (_LOW, _HIGH))),
    saddles=(*product((_LOW, _HIGH), (_CREST,)), *product((_CREST,), (_LOW, _HIGH))),
    sentence="Four basins, and the deepest lies where both coordinates are negative.",
    reference="M. A. Styblinski, T.-S. Tang, Experiments in nonconvex optimization: stochastic "
    "approximation with function smoothing and simulated annealing, Neural Networks 3 (1990) "
    "467-483",
)
