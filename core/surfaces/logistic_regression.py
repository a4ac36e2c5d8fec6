"""Logistic regression: the cross-entropy of two weights, with a little ridge."""

from core.formula import Data
from core.surfaces.base import Surface
from core.surfaces.generate import two_features
from core.surfaces.pictures import Model

_Z = "(x*u + y*v)"

LOGISTIC_REGRESSION = Surface(
    name="logistic_regression",
    title="Logistic regression",
    # The ridge gives a minimum also to data that a line can part.
    formula=f"log(1 + exp({_Z})) - t*{_Z} + 0.005*(x^2 + y^2)",
    view=((-3.0, 5.0), (-2.5, 2.5)),
    start=(-2.2, 1.9),
    minima=(("0.5659377258316589", "0.1707913347278069"),),
    sentence="Convex, but flat across: the feature with the smaller spread tells little of its "
    "weight.",
    reference="D. R. Cox, The regression analysis of binary sequences, J. Roy. Statist. Soc. B 20 "
    "(1958) 215-242; 40 rows made by core/surfaces/generate.py",
    data=Data(("u", "v", "t"), two_features(seed=3, n=40, weights=(1.2, 0.8))),
    picture=Model(("u", "v"), "t", f"1/(1 + exp(-{_Z}))", labels=True),
)
