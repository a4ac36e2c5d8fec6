"""A network of two weights, σ(w₂ σ(w₁ s)), on thirty labels: its two losses side by side."""

from core.formula import Data
from core.surfaces.base import Surface
from core.surfaces.generate import labels
from core.surfaces.pictures import Model

_OUT = "(y/(1 + exp(-x*s)))"  # what goes into the second sigmoid
_DATA = Data(("s", "t"), labels(seed=4, n=30, steepness=1.5))
_MODEL = Model(("s",), "t", f"1/(1 + exp(-{_OUT}))", labels=True)
_VIEW = ((-12.0, 12.0), (-9.0, 9.0))
_START = (-0.5, -7.5)
_REFERENCE = (
    "B. Liquet, S. Moka, Y. Nazarathy, Mathematical Engineering of Deep Learning, CRC Press "
    "(2024), Figure 4.5; 30 labels made by core/surfaces/generate.py"
)

SIGMOID_NETWORK_SQUARED = Surface(
    name="sigmoid_network_squared",
    title="Sigmoid network, squared loss",
    formula=f"(t - 1/(1 + exp(-{_OUT})))^2",
    view=_VIEW,
    start=_START,
    minima=(
        ("-2.444361436417139", "-1.8297992333733277"),
        ("2.5990372901671916", "1.355749421225542"),
    ),
    saddles=(
        ("0.10042098555943443", "0"),
        ("-3.8274215942844054", "-7.648934575083243"),
        ("5.120908456819734", "7.858802797130035"),
    ),
    sentence="Two sigmoids in a row and the squared error: where they saturate, the ground is flat "
    "and gradients say little.",
    reference=_REFERENCE,
    data=_DATA,
    picture=_MODEL,
)

SIGMOID_NETWORK_CROSS_ENTROPY = Surface(
    name="sigmoid_network_cross_entropy",
    title="Sigmoid network, cross-entropy",
    formula=f"log(1 + exp({_OUT})) - t*{_OUT}",
    view=_VIEW,
    start=_START,
    minima=(
        ("-2.313186452042567", "-2.0905915624002858"),
        ("2.432096277027721", "1.5110695607288929"),
    ),
    saddles=(("0.10042098555943443", "0"),),
    sentence="The same network and data under cross-entropy: who is confidently wrong still feels "
    "a slope, and one saddle is left of three.",
    reference=_REFERENCE,
    data=_DATA,
    picture=_MODEL,
)
