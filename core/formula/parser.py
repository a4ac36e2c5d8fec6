"""Text to syntax tree: precedence climbing over a closed alphabet.

No Python syntax, no `eval`, no `ast`: what is not in this grammar cannot be said.

    expression = operand { operator operand }      ^ binds tightest and to the right, then unary
    operand    = number | name | function ( expression ) | ( expression ) | - operand | + operand

Unary minus stands between `*` and `^`, so `-x^2` is `-(x^2)` and `2^-x` is `2^(-x)`.
"""

import difflib
import math
from dataclasses import replace

from core.formula import limits
from core.formula.functions import CONSTANTS, ELSEWHERE, FUNCTIONS
from core.formula.syntax import Binary, Call, Minus, Name, Number, Operator, Tree
from core.formula.tokens import Token, tokens
from core.refusal import Refusal

# operator -> (how tightly it binds, least binding of its right operand)
BINDING: dict[str, tuple[Operator, int, int]] = {
    "+": ("+", 1, 2),
    "-": ("-", 1, 2),
    "*": ("*", 2, 3),
    "/": ("/", 2, 3),
    "^": ("^", 4, 3),
    "**": ("^", 4, 3),
}
UNARY = 3


def syntax_tree(text: str) -> Tree:
    """Parse `text`. A Refusal's position counts from 0, its sentence from 1 as people do."""
    parser = _Parser(tokens(text))
    tree = parser.expression(0)
    parser.finish()
    return tree


def nearest(word: str, known: list[str]) -> str:
    """The known word that `word` was probably meant to be, as a short question, or nothing."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Did you mean {close[0]}?" if close else ""


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self.depth = 0
        self.nodes = 0
        self.open: list[Token] = []  # brackets not yet closed

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def advance(self) -> Token:
        token = self.here
        self.at += 1
        return token

    def counted(self, tree: Tree) -> Tree:
        self.nodes += 1
        if self.nodes > limits.NODES:
            raise Refusal(
                f"Expected at most {limits.NODES} numbers, names and operators, got more at "
                f"character {tree.start + 1}. Shorten the formula.",
                position=tree.start,
            )
        return tree

    def expression(self, least: int) -> Tree:
        left = self.operand()
        while self.here.kind == "sign" and self.here.text in BINDING:
            operator, binds, right_least = BINDING[self.here.text]
            if binds < least:
                break
            at = self.advance().start
            enter = self.deeper if operator == "^" else self.expression
            right = enter(right_least)
            left = self.counted(Binary(operator, left, right, left.start, right.end, at))
        return left

    def deeper(self, least: int) -> Tree:
        """An expression inside a bracket, after a sign or in an exponent."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise Refusal(
                f"Expected brackets, signs and powers at most {limits.DEPTH} deep, got deeper at "
                f"character {self.here.start + 1}. Take some away.",
                position=self.here.start,
            )
        inner = self.expression(least)
        self.depth -= 1
        return inner

    def operand(self) -> Tree:
        token = self.advance()
        match token.kind, token.text:
            case "number", _:
                return self.counted(_number(token))
            case "name", name:
                return self.name(token, name)
            case "sign", "(":
                inner = self.bracket(token)
                return replace(inner, start=token.start, end=self.tokens[self.at - 1].end)
            case "sign", "-":
                of = self.deeper(UNARY)
                return self.counted(Minus(of, token.start, of.end))
            case "sign", "+":
                return self.deeper(UNARY)
        self.at -= 1
        raise self.missing_operand()

    def bracket(self, opening: Token) -> Tree:
        self.open.append(opening)
        if self.here.text == ")":
            raise Refusal(
                f"Expected an expression between “(” and “)”, got nothing at character "
                f"{self.here.start + 1}. Write what belongs there.",
                position=self.here.start,
            )
        inner = self.deeper(0)
        if self.here.text != ")":
            if self.here.kind != "end":
                raise self.missing_operator()
            raise Refusal(
                f"Expected “)”, got the end, at character {self.here.start + 1}. "
                f"Close the bracket opened at character {opening.start + 1}.",
                position=self.here.start,
            )
        self.advance()
        self.open.pop()
        return inner

    def name(self, token: Token, name: str) -> Tree:
        called = self.here.text == "("
        if name in FUNCTIONS:
            if not called:
                raise Refusal(
                    f"Expected “(” after {name}, got {self.here.shown}, at character "
                    f"{self.here.start + 1}. Write {name}(x).",
                    position=self.here.start,
                )
            of = self.bracket(self.advance())
            return self.counted(Call(name, of, token.start, self.tokens[self.at - 1].end))
        if called or name in ELSEWHERE:
            raise _unknown_function(token, self.here.start)
        return self.counted(Name(name, token.start, token.end))

    def finish(self) -> None:
        if self.here.kind != "end":
            raise self.missing_operator()

    def missing_operand(self) -> Refusal:
        token = self.here
        if self.at == 0 and token.kind == "end":
            return Refusal(
                "Expected a formula, got an empty text. Write one, for example x^2 + y^2.",
                position=0,
            )
        before = f" after {self.tokens[self.at - 1].shown}" if self.at else ""
        return Refusal(
            f"Expected a number, a name or “(”{before}, got {token.shown}, at character "
            f"{token.start + 1}. Add what is missing or remove {_culprit(self, token)}.",
            position=token.start,
        )

    def missing_operator(self) -> Refusal:
        token, before = self.here, self.tokens[self.at - 1]
        if token.text == ")":
            return Refusal(
                f"Expected the end, got “)”, at character {token.start + 1}. "
                "Remove it or open a bracket before it.",
                position=token.start,
            )
        after = "(…)" if token.text == "(" else token.text
        product = f"Write {before.text}*{after} for a product."
        numbers = before.kind == token.kind == "number"
        return Refusal(
            f"Expected an operator between {before.shown} and {token.shown}, at character "
            f"{token.start + 1}. {'Join them or remove one.' if numbers else product}",
            position=token.start,
        )


def _culprit(parser: _Parser, token: Token) -> str:
    return parser.tokens[parser.at - 1].shown if token.kind == "end" else token.shown


def _number(token: Token) -> Number:
    value = float(token.text)
    if not math.isfinite(value) or abs(value) > limits.CONSTANT:
        shown = token.text if len(token.text) <= 12 else token.text[:12] + "…"
        most = f"10^{math.log10(limits.CONSTANT):.0f}"
        raise Refusal(
            f"Expected a number of at most {most}, got {shown} at character {token.start + 1}. "
            "Write a smaller one.",
            position=token.start,
        )
    return Number(value, token.text, token.start, token.end)


def _unknown_function(token: Token, after: int) -> Refusal:
    name = token.text
    if name in ("x", "y") or name in CONSTANTS:
        return Refusal(
            f"Expected an operator between “{name}” and “(”, at character {after + 1}. "
            f"Write {name}*(…) for a product.",
            position=after,
        )
    if name in ELSEWHERE:
        hint = f" Write {ELSEWHERE[name]}."
    elif name == "pow":
        hint = " Write x^y."
    else:
        hint = nearest(name, list(FUNCTIONS))
    return Refusal(
        f"Expected one of the functions {', '.join(FUNCTIONS)}, got “{name}” at character "
        f"{token.start + 1}.{hint or f' Write {name}*(…) for a product.'}",
        position=token.start,
    )
