"""Where an entrant stands by the log, and what was changed about it under way. No torch here."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from core.optimizers import Optimizer
from core.refusal import Refusal
from core.sentences import listed, nearest, validated


class Change(BaseModel):
    """A hyperparameter that was changed once `step` minibatches were consumed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: int
    hyperparameter: str
    value: float


class Standing(BaseModel):
    """What the log has of one entrant: its newest step, its checkpoints' steps, its changes.

    `seconds` and `gradients` are what it had cost at that step; `forked`: it began at a checkpoint,
    not at the race's initial weights.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    checkpoints: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    forked: bool = False
    step: int = 0
    seconds: float = 0.0
    gradients: int = 0


def changeable(declaration: Optimizer) -> list[str]:
    """List the hyperparameters that a race may change while it runs."""
    return [
        each.name
        for each in declaration.training_parameters()
        if each.name not in declaration.fixed
    ]


def changed(declaration: Optimizer, hyperparameter: str, value: Any) -> Optimizer:
    """Give the declaration with another value; raises Refusal."""
    known = changeable(declaration)
    if hyperparameter not in known:
        raise Refusal(
            f"hyperparameter: expected one of {declaration.title}'s that a running race can change "
            f"({listed(known)}), got “{hyperparameter[:40]}”; {nearest(hyperparameter, known)}",
            field="hyperparameter",
        )
    try:
        found = validated(type(declaration), {**_values(declaration), hyperparameter: value})
        found.check_training()
    except Refusal as refused:
        raise Refusal(refused.sentence, field="value") from None
    return found


def _values(declaration: Optimizer) -> dict[str, Any]:
    return {name: getattr(declaration, name) for name in type(declaration).model_fields}
