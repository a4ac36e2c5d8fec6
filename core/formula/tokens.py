"""Characters to tokens. Nothing outside this small alphabet goes any further."""

import re
from dataclasses import dataclass
from typing import Literal

from core.formula import limits
from core.refusal import Refusal

Kind = Literal["number", "name", "sign", "end"]

# Signs that come along when a formula is copied from a page; each stands for exactly one character.
TYPOGRAPHIC = {"−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "π": "pi"}

NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
SIGN = re.compile(r"\*\*|[-+*/^()]")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the plain spelling (`−` is `-`); `start` and `end` are positions from 0."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """How a sentence refers to this token."""
        return "the end" if self.kind == "end" else f"“{self.text}”"


def tokens(text: str) -> list[Token]:
    """Cut `text` into tokens, the last of kind "end". Raises Refusal at the first stranger."""
    if len(text) > limits.CHARACTERS:
        raise Refusal(
            f"Expected a formula of at most {limits.CHARACTERS} characters, got {len(text):,}. "
            "Shorten it.",
            position=limits.CHARACTERS,
        )
    found: list[Token] = []
    at = 0
    while at < len(text):
        character = text[at]
        if character in " \t\r\n":
            at += 1
            continue
        token = _token(text, at)
        found.append(token)
        at = token.end
    return [*found, Token("end", "", len(text), len(text))]


def _token(text: str, at: int) -> Token:
    character = TYPOGRAPHIC.get(text[at], text[at])
    if text[at] in TYPOGRAPHIC:
        return Token("name" if character == "pi" else "sign", character, at, at + 1)
    if match := SIGN.match(text, at):
        return Token("sign", match[0], at, match.end())
    if match := NUMBER.match(text, at):
        return Token("number", match[0], at, match.end())
    if match := NAME.match(text, at):
        if len(match[0]) > limits.NAME_CHARACTERS:
            raise Refusal(
                f"Expected a name of at most {limits.NAME_CHARACTERS} letters, got {len(match[0])} "
                f"at character {at + 1}. Shorten it.",
                position=at,
            )
        return Token("name", match[0], at, match.end())
    raise Refusal(_stranger(character, at), position=at)


def _stranger(character: str, at: int) -> str:
    where = f"at character {at + 1}"
    match character:
        case "=":
            return f"Expected one expression, got “=” {where}. Write only the right-hand side."
        case ",":
            return (
                f"Expected an operator, got “,” {where}. "
                "Functions take one argument, and decimals are written with a point."
            )
        case "_":
            return f"Expected a number, a name or “(”, got “_” {where}. Names begin with a letter."
        case "[" | "]" | "{" | "}":
            return f"Expected a round bracket, got “{character}” {where}. Use “(” and “)”."
        case "|":
            return f"Expected abs(...), got “|” {where}. Write the absolute value as abs(x)."
    shown = f"“{character}”" if character.isprintable() else f"U+{ord(character):04X}"
    return (
        f"Expected letters, digits, brackets or + - * / ^, got {shown} {where}. "
        "Remove it or write it in plain letters."
    )
