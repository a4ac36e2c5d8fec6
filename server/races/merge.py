"""The shares of one race, told as one story: worker events in, the race's events out.

Pure bookkeeping without processes, clocks or files. A share is a subset of the entrants that one
worker trains; events about single entrants pass through as they are, events about the race as a
whole (started, paused, resumed, the ending) are said once, when every share has said them.
"""

from collections.abc import Sequence
from typing import Any, Literal

Event = dict[str, Any]
State = Literal["queued", "running", "paused", "finished", "stopped", "failed"]


class Merge:
    """The bookkeeping of one race; `state` is where its events have led so far."""

    def __init__(self, shares: Sequence[Sequence[int]]):
        """Expect events from `shares`, each a list of entrants (indices into the race's list)."""
        self.state: State = "queued"
        self.broken = False
        """A share failed: the others should be stopped, and the race ends as failed."""
        self._shares = shares
        self._active = set(range(len(shares)))
        self._started: dict[int, Event] = {}
        self._early: list[Event] = []
        self._paused: set[int] = set()
        self._step: dict[str, int] = {}
        self._stopped = False
        self._failure = ""

    def hear(self, share: int, event: Event) -> list[Event]:
        """Take one event of a share; return what it adds to the race's log, in order."""
        match event["type"]:
            case "started":
                return self._start(share, event)
            case "paused":
                self._paused.add(share)
                self._note_steps(event)
                return self._agree()
            case "resumed":
                self._paused.discard(share)
                return self._agree()
            case "finished" | "stopped" | "failed":
                self._note_steps(event)  # the ending itself is told once all shares are over
                return []
            case "exit":
                return self._exit(share, event)
        if "entrant" in event and isinstance(event.get("step"), list | int):
            step = event["step"]
            reached = step[-1] if isinstance(step, list) and step else step
            if isinstance(reached, int):
                self._step[str(event["entrant"])] = reached
        if self.state == "queued" and "entrant" in event:
            self._early.append(event)
            return []
        return [event]

    def _start(self, share: int, event: Event) -> list[Event]:
        """Tell the start once all shares have started, and agree on weights and batches."""
        self._started[share] = event
        prints = {str(started.get("fingerprint")) for started in self._started.values()}
        if len(prints) > 1:
            self.broken = True
            self._failure = (
                "The workers began from different weights or batches (fingerprints "
                f"{', '.join(sorted(prints))}), so their curves cannot be compared; start again."
            )
        if len(self._started) < len(self._shares) or self.broken:
            return []
        everybody = [entry for started in self._started.values() for entry in started["entrants"]]
        whole = {
            **event,
            "workers": len(self._shares),
            "entrants": sorted(everybody, key=lambda entry: int(entry["entrant"])),
        }
        self.state = "running"
        early, self._early = self._early, []
        return [whole, *early]

    def _agree(self) -> list[Event]:
        """Tell a pause or its end once all active shares agree; what is over agrees with all."""
        if self.state == "running" and self._active and self._active <= self._paused:
            self.state = "paused"
            return [{"type": "paused", "step": dict(self._step)}]
        if self.state == "paused" and not self._active & self._paused:
            self.state = "running"
            return [{"type": "resumed"}]
        return []

    def _exit(self, share: int, event: Event) -> list[Event]:
        """Take the end of a share; the last one ends the race."""
        self._active.discard(share)
        self._paused.discard(share)
        outcome = event["outcome"]
        if outcome == "stopped":
            self._stopped = True
        elif outcome == "died":
            self._fail(f"Worker {share + 1} {event['message']}. Start the race again.")
        elif outcome != "finished":
            self._fail(event.get("message") or f"Worker {share + 1} failed without a reason.")
        if self._active:
            return self._agree()
        early, self._early = self._early, []
        return [*early, self._ending()]

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
            return {"type": "stopped", "step": dict(self._step)}
        self.state = "finished"
        return {"type": "finished"}

    def _note_steps(self, event: Event) -> None:
        for entrant, step in (event.get("step") or {}).items():
            self._step[str(entrant)] = step
