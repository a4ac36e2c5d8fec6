"""Hints: said where they are needed, and nowhere else."""

import pytest

from core.formula import parse


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("log(x - 1) + y", ("log needs x - 1 > 0.",)),
        ("sqrt(x*y)", ("sqrt needs x*y ≥ 0, and has no derivative where x*y = 0.",)),
        ("sqrt(x^2 + y^2)", ("sqrt has no derivative where x^2 + y^2 = 0.",)),
        ("asin(x) + y", ("asin needs −1 ≤ x ≤ 1.",)),
        ("tan(x*y)", ("tan has poles where cos(x*y) = 0.",)),
        ("abs(x) + y", ("abs has a kink where x = 0; its slope there counts as 0.",)),
        ("y/(x + 1)", ("The formula has no value where x + 1 = 0.",)),
        ("y*x^-2", ("The formula has no value where x = 0.",)),
        ("x^0.3 + y", ("x^0.3 needs x > 0.",)),
        ("(x + 1)^y", ("(x + 1)^y needs x + 1 > 0.",)),
        ("abs(x)^a + y", None),
        ("x^2", ("The formula does not depend on y.",)),
        ("xy + x", ("xy is read as one parameter; write x*y for the product.",)),
        ("x^2 + y^2 - x*y", ()),
        ("log(1 + x^2) + sqrt(1 + exp(y)) + 1/(1 + x*x) + 1/cosh(y) + y/2", ()),
        ("(1 + x^2)^0.5 + 2^y + e^x + (x + y)^3", ()),
    ],
)
def test_hints(text: str, hints: tuple[str, ...] | None) -> None:
    found = parse(text).hints()
    if hints is None:
        assert "abs(x)^a may have no derivative where abs(x) = 0." in found
    elif hints == () or "depend" in hints[0]:
        assert found == hints
    else:
        assert found[0] == hints[0]


def test_hints_are_few_and_each_is_said_once() -> None:
    assert len(parse("+".join(f"log(x + {k})" for k in range(12))).hints()) == 6
    assert len(parse("log(x) + log(x) + y").hints()) == 1
