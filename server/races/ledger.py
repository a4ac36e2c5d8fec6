"""What the log of one race has of each entrant: where to go on, and what not to enter twice.

A worker that goes on from a checkpoint tells again what it told after it. Its numbers are the same,
so whatever the log has already is dropped, by entrant and step.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from core.training.lanes import Lane, lanes

Event = dict[str, Any]

KEPT = 3
"""So many of an entrant's newest checkpoints stay on the disk."""

STANDING = ("step", "seconds", "gradients", "checkpoints", "changes", "forked")


@dataclass
class Account:
    """One entrant: how far its losses and what else is told of it are entered."""

    step: int = 0
    seconds: float = 0.0  # what it had cost then
    gradients: int = 0
    told: dict[str, int] = field(default_factory=dict)  # by type of event: the newest step or epoch
    over: bool = False
    forked: bool = False
    checkpoints: list[int] = field(default_factory=list)
    changes: list[Event] = field(default_factory=list)


def asked(job: Event) -> list[Lane[Event]]:
    """List the entrants of a request, or of one with its forks; one of old says no repeats."""
    return lanes(job["optimizers"], job.get("repeats", 1), job.get("forks", ()))


class Ledger:
    """The account of a race; `enter` every event of its log in order, and later each new one."""

    def __init__(self, job: Event) -> None:
        """Begin a race that was asked with `job`."""
        self.job = copy.deepcopy(job)
        """The request, with every fork as one more of its optimizers."""
        self.accounts = {entrant: Account() for entrant in range(len(self.lanes))}
        self.fingerprint: str | None = None
        self.paused = False
        self.stale = 0
        """Interruptions of the whole race since its last step."""

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Ledger":
        """Read the account of a race from its log."""
        first, *rest = events
        ledger = cls(first["race"])
        for event in rest:
            ledger.enter(event)
        return ledger

    @property
    def lanes(self) -> list[Lane[Event]]:
        """The entrants, by number, as the request and the forks have them."""
        return asked(self.job)

    @property
    def begun(self) -> bool:
        """Whether the log tells of the start."""
        return self.fingerprint is not None

    @property
    def running(self) -> list[int]:
        """The entrants that are still in the race."""
        return [entrant for entrant, account in self.accounts.items() if not account.over]

    @property
    def steps(self) -> dict[str, int]:
        """How far each entrant has come, as events say it."""
        return {str(entrant): account.step for entrant, account in sorted(self.accounts.items())}

    def standing(self, entrants: Iterable[int]) -> Event:
        """Say where entrants stand, as `core.training.Standing` reads it."""
        return {
            str(each): {key: getattr(self.accounts[each], key) for key in STANDING}
            for each in entrants
        }

    def enter(self, event: Event) -> Event | None:
        """Enter an event; give what is new of it, None where all of it was known."""
        match event["type"]:
            case "started":
                self.fingerprint = str(event.get("fingerprint"))
            case "paused" | "resumed":
                self.paused = event["type"] == "paused"
            case "interrupted" if "entrants" not in event:
                self.stale += 1
            case "forked":
                self.accounts[event["entrant"]] = Account(
                    event["step"],
                    event["seconds"],
                    event["gradients"],
                    forked=True,
                    checkpoints=[event["step"]],
                )
                self.job["optimizers"].append(event["optimizer"])
                self.job.setdefault("forks", []).append(event.get("repeat", 0))
        account = self.accounts.get(event.get("entrant", -1))
        return event if account is None else self._settle(account, event)

    def _settle(self, account: Account, event: Event) -> Event | None:
        """Enter what an entrant told."""
        match event["type"]:
            case "steps":
                return self._steps(account, event)
            case "done" | "diverged" | "withdrawn" if account.over:
                return None
            case "done" | "diverged" | "withdrawn":
                account.over = True
                account.step = event["step"]
            case "checkpoint":
                others = [step for step in account.checkpoints if step != event["step"]]
                account.checkpoints = sorted([*others, event["step"]])[-KEPT:]
            case "changed":
                keys = ("step", "hyperparameter", "value")
                account.changes.append({key: event[key] for key in keys})
            case "forked":
                pass
            case kind:  # evaluations, epochs, looks at the network: once at each step
                at: int = event["step"] if "step" in event else event.get("epoch", 0)
                if at <= account.told.get(kind, -1):
                    return None
                account.told[kind] = at
        return event

    def _steps(self, account: Account, event: Event) -> Event | None:
        new = [at for at, step in enumerate(event["step"]) if step > account.step]
        if not new:
            return None
        self.stale = 0
        account.step = event["step"][-1]
        account.seconds, account.gradients = event["seconds"], event["gradients"]
        if new[0] == 0:
            return event
        return {**event, "step": event["step"][new[0] :], "loss": event["loss"][new[0] :]}
