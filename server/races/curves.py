"""A race's events as tables in full resolution: what its exports are written from."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.optimizers import optimizer
from server.races.ledger import asked

HEAD = (
    "entrant", "optimizer", "repeat", "seed",
    "kind", "step", "epoch", "seconds", "gradients", "loss", "accuracy", "sharpness", "note",
)  # fmt: skip

Event = dict[str, Any]


@dataclass
class Curve:
    """One entrant: every step's training loss, and every evaluation on the validation images."""

    entrant: int
    name: str
    hyperparameters: dict[str, Any]
    repeat: int = 0
    seed: int | None = None  # of its repeat; an old race may say none
    steps: list[int] = field(default_factory=list)  # minibatches consumed after the step
    losses: list[float | None] = field(default_factory=list)  # of the minibatch, before the step
    evaluations: list[Event] = field(default_factory=list)
    tested: Event | None = None  # at the end, on the official test split
    ending: Event | None = None
    origin: Event | None = None  # of a fork: its parent, and the step it begins at
    changes: list[Event] = field(default_factory=list)  # of hyperparameters, under way
    sharpness: list[Event] = field(default_factory=list)  # the Hessian's top eigenvalue

    @property
    def title(self) -> str:
        """The optimizer's title for people."""
        return optimizer(self.name).title

    @property
    def deeds(self) -> list[tuple[str, Event, str]]:
        """What was done to it, and how it ended: kind of row, where, and a note."""
        found: list[tuple[str, Event, str]] = []
        if self.origin is not None:
            gathered = "its optimizer goes on" if self.origin["kept"] else "a fresh optimizer"
            note = f"weights of entrant {self.origin['parent']}, {gathered}"
            found.append(("forked", self.origin, note))
        for each in self.changes:
            before = "" if each["before"] is None else f", before {each['before']}"
            note = f"{each['hyperparameter']} {each['value']}{before}"
            found.append(("changed", each, note))
        if self.ending is not None:
            found.append((self.ending["type"], self.ending, self.ending.get("reason", "")))
        return found

    def rows(self) -> Iterator[Event]:
        """Spell it out for CSV: each row with its kind and step, and what else it has."""
        for step, loss in zip(self.steps, self.losses, strict=True):
            yield {"kind": "train", "step": step, "loss": loss}
        for seen in self.evaluations:
            yield {"kind": "validation", **seen}
        for looked in self.sharpness:
            place = {key: looked[key] for key in ("step", "epoch")}
            yield {"kind": "sharpness", **place, "sharpness": looked["value"]}
        tests = {key: self.tested[key] for key in ("best", "last")} if self.tested else {}
        for which, at in tests.items():
            found = {"loss": at["test_loss"], "accuracy": at["test_accuracy"]}
            yield {"kind": "test", "step": at["step"], **found, "note": f"{which} weights"}
        for kind, at, note in self.deeds:
            cost = {key: at.get(key) for key in ("seconds", "gradients")}
            yield {"kind": kind, "step": at["step"], **cost, "note": note}

    def described(self) -> Event:
        """Spell it out for JSON."""
        return {
            "entrant": self.entrant,
            "optimizer": self.name,
            "repeat": self.repeat,
            "seed": self.seed,
            "hyperparameters": self.hyperparameters,
            "train": {"step": self.steps, "loss": self.losses},
            "validation": self.evaluations,
            "test": self.tested,
            "ending": self.ending,
            "forked": self.origin,
            "changes": self.changes,
            "sharpness": self.sharpness,
        }


@dataclass
class Curves:
    """A whole race: its request, what its workers said of it, and one curve per entrant."""

    request: Event
    facts: Event
    entrants: dict[int, Curve]

    @property
    def repeats(self) -> int:
        """How often each optimizer ran."""
        return int(self.request.get("repeats", 1))

    @property
    def asked(self) -> Event:
        """The request with the forks, as `Job` reads it."""
        forks = [each for _, each in sorted(self.entrants.items()) if each.origin is not None]
        added = [{"name": each.name, **each.hyperparameters} for each in forks]
        optimizers = [*self.request["optimizers"], *added]
        return {**self.request, "optimizers": optimizers, "forks": [each.repeat for each in forks]}

    def enter(self, entrant: int, optimizer: Event, repeat: int) -> Curve:
        """Begin the curve of an entrant."""
        values = {key: optimizer[key] for key in optimizer if key != "name"}
        seed = self.request["seed"] + repeat if "seed" in self.request else None
        curve = Curve(entrant, optimizer["name"], values, repeat, seed)
        self.entrants[entrant] = curve
        return curve

    def described(self) -> Event:
        """Spell it out for JSON."""
        return {
            "race": self.request,
            **self.facts,
            "entrants": [each.described() for each in self.entrants.values()],
        }

    def csv(self) -> str:
        """One row per step (kind `train`), evaluation (`validation`), sharpness, test and deed.

        `test` comes twice, of the weights best in validation and of the last ones; a deed is
        `forked`, `changed`, or the ending, with a note that says what was done.
        """
        out = io.StringIO()
        write = csv.DictWriter(out, HEAD, lineterminator="\n")
        write.writeheader()
        per_epoch = self.facts.get("steps_per_epoch")
        for each in self.entrants.values():
            who = dict(zip(HEAD, (each.entrant, each.name, each.repeat, each.seed), strict=False))
            for row in each.rows():
                epoch = row["step"] / per_epoch if per_epoch else None
                write.writerow({**who, "epoch": epoch, **row})
        return out.getvalue()


SAID = ("device", "clock", "fingerprint", "fingerprints", "parameters", "steps_per_epoch", "steps",
        "train", "validation", "test", "data")  # fmt: skip
MEASURED = ("step", "epoch", "seconds", "gradients", "loss", "accuracy")


def curves(events: list[Event]) -> Curves:
    """Fold a race's events, from the first on, into its curves."""
    found = Curves({}, {}, {})
    for event in events:
        match event["type"]:
            case "queued":
                found.request = event["race"]
                for index, (entry, repeat) in enumerate(asked(event["race"])):
                    found.enter(index, entry, repeat)
            case "started":
                found.facts = {key: event[key] for key in SAID if key in event}
            case "forked":
                curve = found.enter(event["entrant"], event["optimizer"], event.get("repeat", 0))
                keys = ("parent", "step", "kept", "seconds", "gradients")
                curve.origin = {key: event[key] for key in keys}
            case "changed":
                kept = {key: event[key] for key in ("step", "hyperparameter", "before", "value")}
                found.entrants[event["entrant"]].changes.append(kept)
            case "steps":
                curve = found.entrants[event["entrant"]]
                curve.steps += event["step"]
                curve.losses += event["loss"]
            case "evaluation":
                kept = {key: event.get(key) for key in MEASURED}
                found.entrants[event["entrant"]].evaluations.append(kept)
            case "sharpness":
                kept = {key: event[key] for key in ("step", "epoch", "value", "settled", "took")}
                found.entrants[event["entrant"]].sharpness.append(kept)
            case "tested":
                kept = {key: event[key] for key in ("images", "best", "last")}
                found.entrants[event["entrant"]].tested = kept
            case "done" | "diverged" | "withdrawn":
                kept = {key: event[key] for key in event if key not in ("seq", "entrant")}
                found.entrants[event["entrant"]].ending = kept
    return found
