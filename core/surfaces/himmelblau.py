"""Himmelblau's function: four minima of equal depth."""

from core.surfaces.base import Surface

# The roots beyond (3, 2) have no short closed form; these are correct to the last digit or two.
HIMMELBLAU = Surface(
    name="himmelblau",
    title="Himmelblau",
    formula="(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    view=((-6.0, 6.0), (-4.5, 4.5)),
    start=(-4.0, 0.0),
    minima=(
        ("3", "2"),
        ("-2.805118086952745", "3.131312518250573"),
        ("-3.779310253377747", "-3.283185991286169"),
        ("3.5844283403304917", "-1.8481265269644036"),
    ),
    saddles=(
        ("0.08667750455539634", "2.884254701174776"),
        ("3.385154183607021", "0.07385187983774928"),
        ("-3.0730257507643897", "-0.08135304428796751"),
        ("-0.12796134673068005", "-1.9537149802445766"),
    ),
    sentence="Four minima of the same depth: which one is reached depends on start, optimizer and "
    "learning rate.",
    reference="D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill (1972)",
)
