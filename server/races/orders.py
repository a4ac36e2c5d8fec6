"""What may be asked of a race under way, and what is refused before any worker hears of it."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from core.refusal import Refusal
from core.training import Job
from core.training.standing import changed
from server.races.executor import Event
from server.races.ledger import Ledger

FIELDS = {
    "pause": (set(), set()),
    "resume": (set(), set()),
    "stop": (set(), {"entrant"}),
    "set": ({"entrant", "hyperparameter", "value"}, set()),
    "fork": ({"entrant"}, {"at", "optimizer"}),
}  # command: fields it must have, fields it may have


class Order(BaseModel):
    """A command to a race, or to one of its entrants.

    `at` is the step of a checkpoint, or now; `optimizer` a name and hyperparameters as in a race's
    request, its parent's own where they are left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: Literal["pause", "resume", "stop", "set", "fork"]
    entrant: int | None = Field(default=None, ge=0)
    hyperparameter: str | None = Field(default=None, max_length=40)
    value: float | None = Field(default=None, allow_inf_nan=False)
    at: int | Literal["now"] = Field(default="now")
    optimizer: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        must, may = FIELDS[self.command]
        given = self.model_fields_set - {"command"}
        for name in sorted(must - given):
            raise Refusal(f"{self.command}: expected {name}, got none; add it.", field=name)
        for name in sorted(given - must - may):
            raise Refusal(f"{self.command}: expected no {name}, got one; remove it.", field=name)
        return self

    @property
    def single(self) -> bool:
        """Whether it is about one entrant alone."""
        return self.entrant is not None


def for_worker(order: Order, ledger: Ledger) -> Event:
    """Spell an order to one entrant out for its worker; raises Refusal."""
    entrant = order.entrant
    assert entrant is not None
    if entrant not in ledger.running and (
        order.command != "fork" or entrant not in ledger.accounts
    ):
        there = ", ".join(map(str, ledger.running)) or "none"
        raise Refusal(
            f"entrant: expected one that is still in the race ({there}), got {entrant}; "
            "choose one of them.",
            field="entrant",
        )
    plain: Event = {"command": order.command, "entrant": entrant}
    match order.command:
        case "set":
            assert order.hyperparameter is not None
            alone = {**ledger.job, "optimizers": [_now(ledger, entrant)], "forks": []}
            now = Job.read(alone).optimizers[0]
            changed(now, order.hyperparameter, order.value)
            return {**plain, "hyperparameter": order.hyperparameter, "value": order.value}
        case "fork":
            return {**plain, **_fork(order, ledger)}
    return plain


def _fork(order: Order, ledger: Ledger) -> Event:
    assert order.entrant is not None
    known = ledger.accounts[order.entrant].checkpoints
    if order.at != "now" and order.at not in known:
        listed = ", ".join(f"{step:,}" for step in known) or "none is kept yet"
        raise Refusal(
            f"at: expected “now” or the step of a checkpoint of this entrant ({listed}), "
            f"got {order.at:,}; choose one of them.",
            field="at",
        )
    parents = _now(ledger, order.entrant)
    asked = order.optimizer or {}
    base = parents if asked.get("name", parents["name"]) == parents["name"] else {}
    optimizers = [*ledger.job["optimizers"], {**base, **asked}]
    forks = [*ledger.job.get("forks", ()), ledger.lanes[order.entrant].repeat]
    try:
        job = Job.read({**ledger.job, "optimizers": optimizers, "forks": forks})
    except Refusal as refused:
        mine = f"optimizers.{len(optimizers) - 1}"
        field = (refused.field or "optimizer").replace(mine, "optimizer")
        raise Refusal(refused.sentence, field=field) from None
    return {
        "at": None if order.at == "now" else order.at,
        "new": len(ledger.lanes),
        "optimizer": job.model_dump(mode="json")["optimizers"][-1],
    }


def _now(ledger: Ledger, entrant: int) -> Event:
    """Give an entrant's optimizer with all that was changed since."""
    changes = ledger.accounts[entrant].changes
    values = {each["hyperparameter"]: each["value"] for each in changes}
    return {**ledger.lanes[entrant].optimizer, **values}
