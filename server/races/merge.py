"""The shares of one race, told as one story: worker events in, the race's events out.

Pure bookkeeping without processes, clocks or files. A share is a subset of the entrants that one
worker trains; events about single entrants pass through as they are, events about the race as a
whole (started, paused, resumed, the ending) are said once, when every share has said them. A share
whose worker died is to be placed again (`again`), and what it repeats is dropped by the ledger.
"""

from collections.abc import Sequence
from typing import Any, Literal

from server.races.ledger import Ledger

Event = dict[str, Any]
State = Literal["queued", "running", "paused", "finished", "stopped", "failed"]

ATTEMPTS = 5
"""So many deaths in a row without a step forward, and a share is not placed again."""


class Merge:
    """The bookkeeping of one race; `state` is where its events have led so far."""

    def __init__(self, shares: Sequence[Sequence[int]], ledger: Ledger):
        """Expect events from `shares`, each a list of entrants (indices into the race's list)."""
        self.state: State = "queued"
        self.broken = False
        """A share failed: the others should be stopped, and the race ends as failed."""
        self.again: set[int] = set()
        """Shares whose worker died, to be placed on another; whoever does so empties it."""
        self._shares = shares
        self._ledger = ledger
        self._active = set(range(len(shares)))
        self._started: dict[int, Event] = {}
        self._early: list[Event] = []
        self._paused: set[int] = set()
        self._deaths = dict.fromkeys(self._active, 0)
        self._reached = dict.fromkeys(self._active, -1)  # steps of a share at its last death
        self._stopped = False
        self._failure = ""

    def hear(self, share: int, event: Event) -> list[Event]:
        """Take one event of a share; return what it adds to the race's log, in order."""
        match event["type"]:
            case "started":
                return self._start(share, event)
            case "paused":
                self._paused.add(share)
                return self._agree()
            case "resumed":
                self._paused.discard(share)
                return self._agree()
            case "finished" | "stopped" | "failed":
                return []  # the ending itself is told once all shares are over
            case "exit":
                return self._exit(share, event)
        if self.state == "queued" and "entrant" in event:
            self._early.append(event)
            return []
        return self._enter(event)

    def _enter(self, *events: Event) -> list[Event]:
        """Give what is new of events, now that it is told."""
        return [new for event in events if (new := self._ledger.enter(event)) is not None]

    def _start(self, share: int, event: Event) -> list[Event]:
        """Tell the start once all shares have started, and agree on weights and batches."""
        self._started[share] = event
        prints = {str(started.get("fingerprint")) for started in self._started.values()}
        if self._ledger.fingerprint is not None:
            prints.add(self._ledger.fingerprint)
        if len(prints) > 1:
            self._fail(
                "The workers began from different weights or batches (fingerprints "
                f"{', '.join(sorted(prints))}), so their curves cannot be compared; start again."
            )
            return []
        if self._ledger.begun:  # it goes on, after its worker or the server has ended
            self.state = "running" if self.state == "queued" else self.state
            early, self._early = self._early, []
            return self._enter({"type": "continued", "from": event.get("from", {})}, *early)
        if len(self._started) < len(self._shares):
            return []
        everybody = [entry for started in self._started.values() for entry in started["entrants"]]
        whole = {
            **{key: event[key] for key in event if key != "from"},
            "workers": len(self._shares),
            "entrants": sorted(everybody, key=lambda entry: int(entry["entrant"])),
        }
        self.state = "running"
        early, self._early = self._early, []
        return self._enter(whole, *early)

    def _agree(self) -> list[Event]:
        """Tell a pause or its end once all active shares agree; what is over agrees with all."""
        if self.state == "running" and self._active and self._active <= self._paused:
            self.state = "paused"
            return self._enter({"type": "paused", "step": self._ledger.steps})
        if self.state == "paused" and not self._active & self._paused:
            self.state = "running"
            return self._enter({"type": "resumed"})
        return []

    def _exit(self, share: int, event: Event) -> list[Event]:
        """Take the end of a share; the last one ends the race."""
        self._paused.discard(share)
        outcome = event["outcome"]
        if outcome == "died" and not self.broken:
            self._count_death(share)
            if self._deaths[share] < ATTEMPTS:
                self.again.add(share)
                return self._enter(self._interruption(share, event["message"]))
        self._active.discard(share)
        if outcome == "stopped":
            self._stopped = True
        elif outcome == "died":
            self._fail(
                f"Worker {share + 1} died {ATTEMPTS} times without a step forward: at last it "
                f"{event['message']}. Start the race again."
            )
        elif outcome == "lost":
            self._fail(f"Worker {share + 1} {event['message']}. Start the race again.")
        elif outcome != "finished":
            self._fail(event.get("message") or f"Worker {share + 1} failed without a reason.")
        if self._active:
            return self._agree()
        early, self._early = self._early, []
        return self._enter(*early, self._ending())

    def _count_death(self, share: int) -> None:
        reached = sum(self._ledger.accounts[each].step for each in self._shares[share])
        self._deaths[share] = self._deaths[share] + 1 if reached <= self._reached[share] else 1
        self._reached[share] = max(reached, self._reached[share])

    def _interruption(self, share: int, cause: str) -> Event:
        """Say that a worker died and its entrants go on."""
        self._started.pop(share, None)
        return {
            "type": "interrupted",
            "entrants": list(self._shares[share]),
            "message": f"Worker {share + 1} {cause}. Its entrants go on from their checkpoints.",
        }

    def _fail(self, message: str) -> None:
        self.broken = True
        self._failure = self._failure or message

    def _ending(self) -> Event:
        """Tell how the race ended."""
        if self.broken:
            self.state = "failed"
            return {"type": "failed", "message": self._failure}
        if self._stopped:
            self.state = "stopped"
            return {"type": "stopped", "step": self._ledger.steps}
        self.state = "finished"
        return {"type": "finished"}
