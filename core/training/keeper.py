"""The checkpoints of one share of a race: when one is due, where it lies, which one to go on from.

The log decides what counts. A worker may be ahead of it, since lines in a pipe die with the server;
so a worker that takes a share over is told which checkpoints the log knows of, goes on from the
newest of these that can be read, and removes the others.
"""

import re
import time
from pathlib import Path
from typing import Any

import torch

from core.sentences import validated
from core.training import checkpoint
from core.training.entrant import Entrant, Event
from core.training.standing import Standing

PAUSE = 2.0  # seconds between two checkpoints of an entrant whose epochs are shorter
UNKEPT = (
    "Checkpoints cannot be written ({error}). The race goes on, but starts again from its last one "
    "if its worker or the server ends: make room on the disk of the data folder."
)
_NAME = re.compile(r"(\d+)-(\d+)\.safetensors")


class Keeper:
    """Keeps entrants in a folder, or nowhere (None): then nothing is ever due."""

    def __init__(
        self,
        folder: Path | None = None,
        every: float = 10.0,
        standing: dict[int, Standing] | None = None,
    ) -> None:
        """Take what the log has by entrant; `every` is in seconds."""
        self.folder = folder
        self.standing = standing or {}
        self._every = every
        self._last: dict[int, float] = {}
        self._kept: dict[int, int] = {}  # step of the newest checkpoint
        self._silent = False

    @classmethod
    def told(cls, data: Any) -> "Keeper":
        """Make the keeper that a worker was told of: `{folder, every, standing}`, or None."""
        if data is None:
            return cls()
        standing = {
            int(entrant): validated(Standing, each) for entrant, each in data["standing"].items()
        }
        return cls(Path(data["folder"]), data["every"], standing)

    def due(self, entrant: Entrant) -> bool:
        """Say whether the entrant should be kept now: at an epoch's end, or after some seconds."""
        if self.folder is None:
            return False
        passed = time.monotonic() - self._last.setdefault(entrant.index, time.monotonic())
        return passed >= (min(PAUSE, self._every) if entrant.epoch_ended else self._every)

    def keep(self, entrant: Entrant) -> Event | None:
        """Write a checkpoint and tell of it; None where there is nothing to write or to tell.

        One of the same step is not written again: a change since then counts once the log has it,
        and is made again from there. A full disk is told once and does not end the race.
        """
        if self.folder is None or self._kept.get(entrant.index) == entrant.step:
            return None
        self._last[entrant.index] = time.monotonic()
        try:
            checkpoint.write(path(self.folder, entrant.index, entrant.step), entrant.state())
        except OSError as error:
            silent, self._silent = self._silent, True
            message = UNKEPT.format(error=error.strerror or error)
            return None if silent else {"type": "unkept", "message": message}
        self._kept[entrant.index] = entrant.step
        return {"type": "checkpoint", "entrant": entrant.index, "step": entrant.step}

    def read(self, entrant: int, step: int, device: torch.device) -> Any:
        """Give the state that was kept at a step; raises checkpoint.Unreadable."""
        if self.folder is None:
            raise checkpoint.Unreadable("no checkpoints are kept in this race")
        return checkpoint.read(path(self.folder, entrant, step), device)

    def newest(self, entrant: int, device: torch.device) -> Any | None:
        """Give the newest state that the log knows of and that can be read; None: begin anew.

        Raises checkpoint.Unreadable for a forked entrant that has none: it has no beginning.
        """
        known = self.standing.get(entrant, Standing())
        self._forget_others(entrant, known.checkpoints)
        fault = checkpoint.Unreadable(f"entrant {entrant + 1} has no checkpoint")
        for step in reversed(known.checkpoints):
            try:
                state = self.read(entrant, step, device)
                self._kept[entrant] = step
                return state
            except checkpoint.Unreadable as error:
                fault = error
        if known.forked:
            raise fault
        return None

    def _forget_others(self, entrant: int, steps: tuple[int, ...]) -> None:
        """Remove checkpoints that the log does not know: what followed them is lost."""
        for other, step, file in listed(self.folder):
            if other == entrant and step not in steps:
                file.unlink(missing_ok=True)
        for torn in self.folder.glob(f"{entrant}-*.tmp") if self.folder else ():
            torn.unlink(missing_ok=True)


def path(folder: Path, entrant: int, step: int) -> Path:
    """Name the checkpoint of an entrant at a step."""
    return folder / f"{entrant}-{step}.safetensors"


def listed(folder: Path | None) -> list[tuple[int, int, Path]]:
    """List the checkpoints in a folder: entrant, step, file."""
    if folder is None or not folder.is_dir():
        return []
    found = ((_NAME.fullmatch(file.name), file) for file in folder.iterdir())
    return [(int(match[1]), int(match[2]), file) for match, file in found if match]
