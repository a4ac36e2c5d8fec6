"""One declaration per number that a person may change.

The sliders, the JSON schema, the sentences of a refusal and the tests all read these declarations;
nothing about a parameter is written down a second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

Scale = Literal["linear", "log", "integer"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number with its default, its range and its meaning.

    `symbol` is LaTeX (turned to MathML by the server), `low` and `high` are the ends of the slider
    and of what is accepted, `scale` says how the slider spaces them;
    `network`: training alone has it.
    """

    name: str
    default: float
    low: float
    high: float
    symbol: str
    meaning: str
    scale: Scale = "linear"
    network: bool = False


def hyperparameter(
    default: float,
    low: float,
    high: float,
    symbol: str,
    meaning: str,
    scale: Scale = "linear",
    *,
    network: bool = False,
) -> Any:
    """Declare a hyperparameter as a pydantic field of an optimizer class.

    The bounds become the field's `ge` and `le`, so that the request schema, the refusal of a value
    and the slider cannot disagree. `network` marks what only the training of a network has: no
    surface's slider shows it, no kernel reads it.
    """
    return Field(
        default=default,
        ge=low,
        le=high,
        description=meaning,
        allow_inf_nan=False,
        exclude=network,
        json_schema_extra={
            "symbol": symbol,
            "scale": scale,
            "low": low,
            "high": high,
            "network": network,
        },
    )


def declared(fields: dict[str, Any]) -> tuple[Parameter, ...]:
    """Read the declarations back from a model's `model_fields`, in the order of their writing."""
    found = []
    for name, field in fields.items():
        extra: dict[str, Any] | Callable[..., None] | None = field.json_schema_extra
        if isinstance(extra, dict) and "symbol" in extra:
            found.append(
                Parameter(
                    name=name,
                    default=field.default,
                    low=extra["low"],
                    high=extra["high"],
                    symbol=extra["symbol"],
                    meaning=field.description or "",
                    scale=extra["scale"],
                    network=extra["network"],
                )
            )
    return tuple(found)
