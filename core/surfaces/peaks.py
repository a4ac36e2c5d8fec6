"""Peaks: three hills and three hollows on a plain."""

from core.surfaces.base import Surface

PEAKS = Surface(
    name="peaks",
    title="Peaks",
    formula="3*(1 - x)^2*exp(-x^2 - (y + 1)^2) - 10*(x/5 - x^3 - y^5)*exp(-x^2 - y^2)"
    " - exp(-(x + 1)^2 - y^2)/3",
    view=((-4.2, 4.2), (-2.8, 2.8)),
    start=(0.3, 1.3),
    minima=(
        ("0.22827892055636909", "-1.6255349574999964"),
        ("-1.3473962443682108", "0.20451886609700518"),
        ("0.2964455538468321", "0.32019624766683435"),
    ),
    saddles=(
        ("0.4163233216785082", "-0.3941450984024246"),
        ("-0.2659375568372457", "0.4667399937262694"),
        ("1.0982728343350927", "0.8544609795247524"),
    ),
    sentence="Hills, hollows and a plain where the gradient all but vanishes: nothing moves far "
    "out.",
    reference="The MathWorks, peaks, MATLAB function reference",
)
