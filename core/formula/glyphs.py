"""Letters, numerals and signs of the formulas, as MathML Core."""

import re

# fmt: off
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ",
    "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω",
}
# fmt: on
INDEXED = re.compile(r"([A-Za-z]+)_?([0-9]+)|([A-Za-z]+)_([A-Za-z][A-Za-z0-9]*)")

OPENED, CLOSED = "<mo>(</mo>", "<mo>)</mo>"
ABSOLUTE = '<mo stretchy="true">|</mo>'
MINUS = "<mo>−</mo>"
TIMES = "<mo>&#x2062;</mo>"  # invisible
APPLY = "<mo>&#x2061;</mo>"  # invisible
DOT = "<mo>⋅</mo>"
THIN = '<mspace width="0.1667em"></mspace>'


def letter(name: str) -> str:
    """A name as an identifier: Greek where it names a letter, what follows it as an index."""
    if match := INDEXED.fullmatch(name):
        base, index = match[1] or match[3], match[2] or match[4]
        written = f"<mn>{index}</mn>" if index.isdigit() else letter(index)
        return f"<msub>{letter(base)}{written}</msub>"
    return f"<mi>{GREEK.get(name, name)}</mi>"


def numeral(text: str) -> str:
    """A literal as typed, with 2e-3 as 2 × 10⁻³."""
    mantissa, _, exponent = text.lower().partition("e")
    whole, point, decimals = mantissa.partition(".")
    mantissa = (whole or "0") + (f".{decimals}" if point and decimals else "")
    if not exponent:
        return f"<mn>{mantissa}</mn>"
    digits = exponent.lstrip("+-").lstrip("0") or "0"
    sign = MINUS if exponent.startswith("-") else ""
    power = f"<msup><mn>10</mn><mrow>{sign}<mn>{digits}</mn></mrow></msup>"
    if mantissa == "1":
        return power
    return f"<mrow><mn>{mantissa}</mn><mo>×</mo>{power}</mrow>"


def derivative(order: tuple[str, ...], operations: int) -> str:
    """What stands for a derivative that is too long to read: its name and its length."""
    sign = "<mo>∂</mo>"
    n = len(order)
    above = f"<msup>{sign}<mn>{n}</mn></msup>" if n > 1 else sign
    if n > 1 and len(set(order)) == 1:
        below = f"{sign}<msup>{letter(order[0])}<mn>{n}</mn></msup>"
    else:
        below = "".join(sign + letter(name) for name in order)
    return (
        f"<math><mfrac><mrow>{above}<mi>f</mi></mrow><mrow>{below}</mrow></mfrac>"
        f"<mtext>: {operations:,} operations, too long to show</mtext></math>"
    )


def summed(term: str, rows: int) -> str:
    """The mean of a term, itself a `<math>` element, over all rows."""
    inner = term.removeprefix("<math>").removesuffix("</math>")
    below = "<mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow>"
    sign = f'<munderover><mo movablelimits="false">∑</mo>{below}<mn>{rows}</mn></munderover>'
    return (
        f"<math><mfrac><mn>1</mn><mn>{rows}</mn></mfrac>{sign}"
        f"<mrow>{OPENED}{inner}{CLOSED}</mrow></math>"
    )
