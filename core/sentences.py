"""Pydantic's errors as sentences: expected X, got Y, do Z."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.place import Place, place
from core.refusal import Refusal

M = TypeVar("M", bound=BaseModel)


class Beyond(float):
    """A number as written that no float64 holds: NaN, Infinity or 1e400.

    As a float it is NaN or infinite, so a model with `allow_inf_nan=False` refuses it.
    """

    text: str

    def __new__(cls, text: str) -> "Beyond":
        """Keep the text beside the value."""
        self = super().__new__(cls, text)
        self.text = text
        return self


def show(value: Any) -> str:
    """Quote what was sent: as JSON, in ASCII, at most 60 characters."""
    if isinstance(value, Beyond):
        return value.text[:60]
    try:
        text = json.dumps(value, default=repr)
    except (ValueError, TypeError, RecursionError):
        text = f"a {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def plain(value: float) -> str:
    """Write a number without an exponent where that stays short: 0.00001, 1000000."""
    if value == 0 or not 1e-6 <= abs(value) < 1e7:
        return f"{value:g}"
    return format(Decimal(repr(float(value))).normalize(), "f")


def listed(names: Iterable[str]) -> str:
    """Write names as a list, at most two dozen of them."""
    found = list(names)
    return ", ".join(found[:24]) + (" ..." if len(found) > 24 else "")


def nearest(name: Any, known: Iterable[str]) -> str:
    """Say what was probably meant by a misspelt name, or ask for a choice."""
    match = get_close_matches(str(name), list(known), n=1)
    return f"did you mean {match[0]}?" if match else "choose one of them."


def validated(kind: type[M], data: Any) -> M:
    """Turn plain data into a model; raises Refusal naming the first field at fault."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise refusal(error, kind, data) from None


def refusal(error: ValidationError, kind: type[BaseModel], data: Any) -> Refusal:
    """Turn a failed validation into one refusal, of the error that explains most."""
    found = [
        (detail, place(kind, data, detail["loc"], missing=detail["type"] == "missing"))
        for detail in error.errors(include_url=False)
    ]
    chosen, where = min(found, key=_rank)
    field = ".".join(str(key) for key in where.path) or None
    cause = chosen.get("ctx", {}).get("error")
    if isinstance(cause, Refusal):
        return Refusal(cause.sentence, field=cause.field or field, position=cause.position)
    expected, got, advice = _parts(chosen, where)
    return Refusal(f"{_subject(where)}: expected {expected}, got {got}; {advice}", field=field)


def _rank(pair: tuple[ErrorDetails, Place]) -> tuple[bool, bool, int]:
    """Order errors: the union branch that was meant, then misspelt names, then the innermost."""
    detail, where = pair
    return not where.meant, detail["type"] != "extra_forbidden", -len(where.path)


def _subject(where: Place) -> str:
    """Name the field as a person would: "lr of adam", "item 1 of start"."""
    if not where.path:
        return "Request"
    last = where.path[-1]
    if isinstance(last, int):
        holder = str(where.path[-2]) if len(where.path) > 1 else "the list"
        return f"item {last + 1} of {holder}"
    return f"{last} of {where.named}" if where.named and last != "name" else last


def _range(where: Place, detail: ErrorDetails) -> str:
    """Say which numbers are accepted: from the declaration, else from the error itself."""
    whole = detail["type"].startswith("int_") or (
        where.field is not None and where.field.annotation is int
    )
    number = "a whole number" if whole else "a number"
    limits = dict(detail.get("ctx", {}))
    for constraint in where.field.metadata if where.field is not None else ():
        for name in ("ge", "gt", "le", "lt"):
            if getattr(constraint, name, None) is not None:
                limits[name] = getattr(constraint, name)
    low, high = limits.get("ge", limits.get("gt")), limits.get("le", limits.get("lt"))
    if low is not None and high is not None:
        return f"{number} from {plain(low)} to {plain(high)}"
    if low is not None:
        return f"{number} {'of at least' if 'ge' in limits else 'above'} {plain(low)}"
    if high is not None:
        return f"{number} {'of at most' if 'le' in limits else 'below'} {plain(high)}"
    return f"{'a whole' if whole else 'a finite'} number"


Parts = tuple[str, str, str]


def _number(detail: ErrorDetails, where: Place) -> Parts:
    expected = _range(where, detail)
    return expected, show(detail["input"]), "choose such a number."


def _missing(detail: ErrorDetails, where: Place) -> Parts:
    return "a value", "nothing", "add it."


def _extra(detail: ErrorDetails, where: Place) -> Parts:
    known = list(where.owner.model_fields) if where.owner else []
    if where.path[-1] in known:  # a union: the data mixes the fields of two of its members
        return "the fields of one form", "those of two at once", "remove those of the other."
    match = get_close_matches(str(where.path[-1]), known, n=1)
    advice = f"did you mean {match[0]}?" if match else "remove it."
    return f"one of {listed(known)}" if known else "no such field", show(where.path[-1]), advice


def _choice(detail: ErrorDetails, where: Place) -> Parts:
    context = detail.get("ctx", {})
    text = str(context.get("expected_tags") or context.get("expected") or "")
    known = [part.strip().strip("'\"") for part in text.replace(" or ", ", ").split(",")]
    given = context.get("tag", detail["input"])
    return f"one of {listed(known)}", show(given), nearest(given, known)


def _nameless(detail: ErrorDetails, where: Place) -> Parts:
    return "an object with a name", show(detail["input"]), "name it."


def _length(detail: ErrorDetails, where: Place) -> Parts:
    context = detail.get("ctx", {})
    bound = context.get("max_length", context.get("min_length"))
    word = "at most" if "max_length" in context else "at least"
    unit = "character" if detail["type"].startswith("string") else "item"
    unit += "" if bound == 1 else "s"
    size = context.get("actual_length") or len(detail["input"])
    advice = "shorten it." if word == "at most" else "add to it."
    return f"{word} {bound} {unit}", str(size), advice


def _kind(noun: str) -> Callable[[ErrorDetails, Place], Parts]:
    return lambda detail, where: (noun, show(detail["input"]), f"send {noun}.")


_BY_TYPE: dict[str, Callable[[ErrorDetails, Place], Parts]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _nameless,
    "too_long": _length,
    "too_short": _length,
    "string_too_long": _length,
    "string_too_short": _length,
    "string_type": _kind("a text"),
    "bool_type": _kind("true or false"),
    "bool_parsing": _kind("true or false"),
    "list_type": _kind("a list"),
    "tuple_type": _kind("a list"),
    "dict_type": _kind("an object"),
    "model_type": _kind("an object"),
    "model_attributes_type": _kind("an object"),
    "none_required": _kind("null"),
    **dict.fromkeys(
        (
            "float_type",
            "float_parsing",
            "finite_number",
            "int_type",
            "int_parsing",
            "int_parsing_size",
            "int_from_float",
            "greater_than",
            "greater_than_equal",
            "less_than",
            "less_than_equal",
        ),
        _number,
    ),
}


def _parts(detail: ErrorDetails, where: Place) -> Parts:
    """Say what was expected, what came and what to do."""
    make = _BY_TYPE.get(detail["type"])
    if make is not None:
        return make(detail, where)
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    return f"another value ({message})", show(detail["input"]), "change it."
