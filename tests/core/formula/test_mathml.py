"""MathML: well-formed, with every name in it, and no bracket too many."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from core.formula import parse
from core.surfaces import SURFACES
from tests.core.formula.generated import Case, cases


def plain(mathml: str) -> str:
    """MathML as one line: a^{2}, [a / b] for a fraction, a_1 for an index."""

    def flat(node: ElementTree.Element) -> str:
        inner = [flat(child) for child in node]
        match node.tag:
            case "msup":
                return f"{inner[0]}^{{{inner[1]}}}"
            case "msub":
                return f"{inner[0]}_{inner[1]}"
            case "mfrac":
                return f"[{inner[0]} / {inner[1]}]"
            case "msqrt":
                return f"√{{{''.join(inner)}}}"
            case "mspace":
                return " "
        return (node.text or "") + "".join(inner)

    return re.sub("[\u2061\u2062]", "", flat(ElementTree.fromstring(mathml)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(a - x)**2 + b*(y - x**2)**2", "(a−x)^{2}+b(y−x^{2})^{2}"),
        ("((x)) + (2*(y))", "x+2y"),
        ("x/(y + 1)", "[x / y+1]"),
        ("(x/y)^2", "([x / y])^{2}"),
        ("x^(y/2)", "x^{y/2}"),
        ("x^(y/(2*a))", "x^{y/(2a)}"),
        ("-x^2", "−x^{2}"),
        ("(-x)^2", "(−x)^{2}"),
        ("x - (y - 1)", "x−(y−1)"),
        ("x - (y*2)", "x−y⋅2"),
        ("x + (y + 1)", "x+y+1"),
        ("x*(-y)", "x(−y)"),
        ("x + -y", "x+(−y)"),
        ("x - -y", "x−(−y)"),
        ("-(x + y)", "−(x+y)"),
        ("(x + y)*(x - y)", "(x+y)(x−y)"),
        ("x*(y*a)", "xya"),
        ("2*3*x", "2⋅3x"),
        ("2*(1/3)", "2⋅[1 / 3]"),
        ("(x^2)^3", "(x^{2})^{3}"),
        ("x^y^2", "x^{y^{2}}"),
        ("sin(x)^2*cos(y)", "sin^{2}(x) cos(y)"),
        ("log(x)^2", "(log(x))^{2}"),
        ("exp(-x^2/2)", "e^{−x^{2}/2}"),
        ("sqrt(x^2 + 1)", "√{x^{2}+1}"),
        ("abs(x - 1)", "|x−1|"),
        ("1.5e-3*x + 1e6 + .5", "1.5×10^{−3}x+10^{6}+0.5"),
        ("kappa*x + theta_1*y + w2", "κx+θ_1y+w_2"),
        ("rate*x*y", "rate⋅xy"),
        ("pi*x + e*y", "πx+ey"),
    ],
)
def test_as_typed(text: str, shown: str) -> None:
    assert plain(parse(text).mathml()) == shown


@pytest.mark.parametrize(
    ("text", "gradient", "hessian"),
    [
        (
            "(a - x)^2 + b*(y - x^2)^2",
            ("−2(a−x)−4bx(y−x^{2})", "2b(y−x^{2})"),
            ("2+b(8x^{2}−4(y−x^{2}))", "−4bx", "2b"),
        ),
        (
            "20 + x^2 - 10*cos(2*pi*x) + y^2",
            ("2x+20π sin(2πx)", "2y"),
            ("2+40π^{2} cos(2πx)", "0", "2"),
        ),
        (
            "log(1 + x^2) + y/x",
            ("[2x / 1+x^{2}]−[y / x^{2}]", "[1 / x]"),
            ("[2 / 1+x^{2}]−[4x^{2} / (1+x^{2})^{2}]+[2y / x^{3}]", "−[1 / x^{2}]", "0"),
        ),
        (
            "x^n + y^(1/3)",
            ("nx^{n−1}", "[y^{−2/3} / 3]"),
            ("n(n−1)x^{n−2}", "0", "−[2y^{−5/3} / 9]"),
        ),
        ("exp(-x^2/2)*y", ("−xye^{−x^{2}/2}", "e^{−x^{2}/2}"), None),
        (
            "exp(sqrt(x)) + y",
            ("[e^{√{x}} / 2√{x}]", "1"),
            ("[e^{√{x}} / 4x]−[e^{√{x}} / 4x√{x}]", "0", "0"),
        ),
        ("0.1*x*3 + abs(y)", ("0.3", "sgn(y)"), ("0", "0", "0")),
    ],
)
def test_derivatives_are_readable(
    text: str, gradient: tuple[str, ...], hessian: tuple[str, ...] | None
) -> None:
    expression = parse(text)
    assert tuple(map(plain, expression.gradient_mathml())) == gradient
    if hessian:
        assert tuple(map(plain, expression.hessian_mathml())) == hessian


def test_a_derivative_too_long_to_read_says_so() -> None:
    expression = parse("*".join(f"sin(x*y + {k})" for k in range(20)))
    xx, xy, _ = map(plain, expression.hessian_mathml())
    assert re.fullmatch(r"\[∂\^\{2\}f / ∂x\^\{2\}\]: [\d,]+ operations, too long to show", xx)
    assert xy.startswith("[∂^{2}f / ∂x∂y]: ")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(cases)
def test_always_well_formed_and_never_two_signs_in_a_row(case: Case) -> None:
    expression = parse(case.formula.text.replace("pi", "1.5"), {"a": 1.0})
    everything = expression.mathml(), *expression.gradient_mathml(), *expression.hessian_mathml()
    for mathml in everything:
        assert not re.search(r"[−+/⋅][−+/⋅]|\(\)|[−+⋅]\)", plain(mathml))


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_every_parameter_of_a_surface_is_shown_by_its_symbol(surface: object) -> None:
    from core.formula.glyphs import GREEK
    from core.surfaces import Surface

    assert isinstance(surface, Surface)
    shown = plain(surface.mathml())
    for symbol in surface.symbols().values():
        assert GREEK.get(symbol, symbol) in shown
