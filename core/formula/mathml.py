"""Syntax tree to MathML Core: fractions, powers, Greek letters, and no bracket that is not needed.

Output is one `<math>` element, to be placed in HTML as it is. Every name in it comes from the
parser's alphabet, so nothing needs escaping.
"""

from collections.abc import Mapping

from core.formula.glyphs import (
    ABSOLUTE,
    APPLY,
    CLOSED,
    DOT,
    MINUS,
    OPENED,
    THIN,
    TIMES,
    letter,
    numeral,
)
from core.formula.syntax import Binary, Call, Minus, Name, Number, Tree

# How tightly a piece holds together; a piece in a place that asks for more gets brackets.
SUM, QUOTIENT, SIGNED, PRODUCT, POWER, ATOM = range(6)
SQUARED_BY_NAME = ("sin", "cos", "tan", "sinh", "cosh", "tanh")  # sin²(x), not (sin(x))²


def mathml(tree: Tree, symbols: Mapping[str, str] | None = None) -> str:
    """`tree` as a `<math>` element. `symbols` renames parameters for display: angle -> varphi."""
    return f"<math>{_Printer(symbols or {}).row(tree)}</math>"


class _Printer:
    def __init__(self, symbols: Mapping[str, str]) -> None:
        self.symbols = symbols
        self.inline = False  # inside an exponent a fraction is written with a slash

    def row(self, tree: Tree) -> str:
        return f"<mrow>{self.written(tree)}</mrow>"

    def within(self, tree: Tree, least: int, follows: bool = False) -> str:
        """`tree`, in brackets if it holds less tightly than `least` or puts sign after sign."""
        if self.strength(tree) >= least and not (follows and self.leads_with_minus(tree)):
            return self.written(tree)
        return self.bracketed(tree)

    def strength(self, tree: Tree) -> int:
        match tree:
            case Number(text=text) if "e" not in text.lower():
                return ATOM
            case Name() | Call("sqrt" | "abs"):
                return ATOM
            case Minus():
                return SIGNED
            case Binary("+" | "-"):
                return SUM
            case Binary("*"):
                return PRODUCT
            case Binary("/") if self.inline:
                return QUOTIENT
        return POWER

    def written(self, tree: Tree) -> str:
        match tree:
            case Number(text=text):
                return numeral(text)
            case Name(name):
                return letter(self.symbols.get(name, name))
            case Minus(of):
                return f"{MINUS}{self.within(of, QUOTIENT, follows=True)}"
            case Call(function, of):
                return self.call(function, of)
            case Binary("+", left, right):
                return f"{self.within(left, SUM)}<mo>+</mo>{self.within(right, SUM, True)}"
            case Binary("-", left, right):
                return f"{self.within(left, SUM)}{MINUS}{self.within(right, QUOTIENT, True)}"
            case Binary("*", left, right):
                joined = self.within(left, SIGNED) + self.between(left, right)
                return joined + self.within(right, PRODUCT, True)
            case Binary("/", left, right) if self.inline:
                return f"{self.within(left, SIGNED)}<mo>/</mo>{self.within(right, POWER)}"
            case Binary("/", left, right):
                return f"<mfrac>{self.row(left)}{self.row(right)}</mfrac>"
            case Binary(_, base, exponent):
                return self.power(base, exponent)

    def power(self, base: Tree, exponent: Tree) -> str:
        above = self.raised(exponent)
        named = isinstance(base, Call) and base.function in SQUARED_BY_NAME
        if named and isinstance(base, Call) and isinstance(exponent, Number) and exponent.value > 1:
            return f"<msup><mi>{base.function}</mi>{above}</msup>{APPLY}{self.bracketed(base.of)}"
        return f"<msup>{self.within(base, ATOM)}{above}</msup>"

    def raised(self, exponent: Tree) -> str:
        outside, self.inline = self.inline, True
        above = self.row(exponent)
        self.inline = outside
        return above

    def call(self, function: str, of: Tree) -> str:
        match function:
            case "exp":
                return f"<msup><mi>e</mi>{self.raised(of)}</msup>"
            case "sqrt":
                return f"<msqrt>{self.row(of)}</msqrt>"
            case "abs":
                return f"<mrow>{ABSOLUTE}{self.row(of)}{ABSOLUTE}</mrow>"
        name = "sgn" if function == "sign" else function
        return f"<mi>{name}</mi>{APPLY}{self.bracketed(of)}"

    def bracketed(self, tree: Tree) -> str:
        return f"<mrow>{OPENED}{self.written(tree)}{CLOSED}</mrow>"

    def between(self, left: Tree, right: Tree) -> str:
        """Nothing to see between 2 and x, a dot between 2 and 3, a thin space before a function."""
        last, first = _last(left), _first(right)
        if isinstance(first, Number) or (isinstance(last, Number) and _is_fraction(first)):
            return DOT
        if self.is_word(first) or (self.is_word(last) and self.strength(right) >= PRODUCT):
            return DOT
        if isinstance(first, Call) and first.function not in ("exp", "sqrt", "abs"):
            return f"{TIMES}{THIN}"
        return TIMES

    def is_word(self, tree: Tree) -> bool:
        """A name of several letters, which would run into its neighbour."""
        if not isinstance(tree, Name):
            return False
        shown = letter(self.symbols.get(tree.name, tree.name))
        return shown.startswith("<mi>") and len(shown) > len("<mi>x</mi>")

    def leads_with_minus(self, tree: Tree) -> bool:
        match tree:
            case Minus():
                return True
            case Binary("+" | "-", left):
                return self.leads_with_minus(left)
            case Binary("*", left) | Binary("/", left) if self.inline or tree.operator == "*":
                return self.strength(left) >= SIGNED and self.leads_with_minus(left)
        return False


def _first(tree: Tree) -> Tree:
    """The leftmost thing that is written."""
    match tree:
        case Binary("*", left) | Binary("^", left):
            return _first(left)
    return tree


def _last(tree: Tree) -> Tree:
    """The rightmost thing that is written."""
    match tree:
        case Binary("*", _, right) | Minus(right):
            return _last(right)
    return tree


def _is_fraction(tree: Tree) -> bool:
    return isinstance(tree, Binary) and tree.operator == "/"
