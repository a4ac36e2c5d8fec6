"""Turn pydantic's list of errors into the one sentence that helps most."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.refusal import Refusal


def refusal(error: ValidationError) -> Refusal:
    """Give the first error as a sentence, its field dotted as in the request: optimizers.0.lr."""
    first = error.errors(include_url=False)[0]
    inner = first.get("ctx", {}).get("error")
    if isinstance(inner, Refusal):
        return inner
    field = _field(first)
    return Refusal(_sentence(first, field), field=field or None)


def _field(error: ErrorDetails) -> str:
    """Join the location, leaving out the tags that pydantic adds for the members of a union."""
    parts: list[str] = []
    for before, part in zip((None, *error["loc"]), error["loc"], strict=False):
        tagged = before == "surface" and part in ("named", "typed")
        tagged |= len(parts) == 2 and parts[0] == "optimizers" and len(error["loc"]) > 3
        tagged |= len(parts) == 2 and parts[0] == "optimizers" and part == error["loc"][-1]
        parts.append("" if tagged and isinstance(part, str) else str(part))
    return ".".join(part for part in parts if part)


def _sentence(error: ErrorDetails, field: str) -> str:
    name = field.rsplit(".", 1)[-1] or "the request"
    got = _shown(error["input"])
    bound: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"Expected a value for {name}, got none. Add {field}."
        case "extra_forbidden":
            return f"Expected no field {name} here. Check its spelling or leave {field} out."
        case "finite_number":
            return f"Expected a finite number for {name}, got {got}. Give a smaller one."
        case "greater_than_equal" | "greater_than":
            low = bound.get("ge", bound.get("gt"))
            return f"Expected {name} of at least {low:g}, got {got}. Raise it."
        case "less_than_equal" | "less_than":
            high = bound.get("le", bound.get("lt"))
            return f"Expected {name} of at most {high:g}, got {got}. Lower it."
        case "union_tag_invalid":
            known = bound["expected_tags"].replace("'", "")
            return f"Expected an optimizer among {known}; got “{bound['tag']}”. Choose one of them."
        case _:
            return f"{error['msg'].rstrip('.')}: got {got} for {name}. Correct {field or name}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
