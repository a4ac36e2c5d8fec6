"""Weights on the way: a copy of each entrant's once an epoch, for the landscape at the end.

They lie beside the checkpoints, so that workers find each other's. A network goes on from its
checkpoint with the same bits, so a waypoint that is written again is the same.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from core.training import checkpoint

MOST = 24  # of one entrant: 5 MB of the paper's network
_NAME = re.compile(r"(\d+)-(\d+)\.safetensors")


class Waypoints:
    """The folder of one race; None keeps nothing."""

    def __init__(self, folder: Path | None, epochs: int) -> None:
        """Keep every n-th epoch of a race of so many, so that an entrant has `MOST` at most."""
        self.folder = folder
        self._every = -(-epochs // (MOST - 1))

    def pass_(self, entrant: int, step: int, epoch: int, last: bool, model: nn.Module) -> None:
        """Keep the weights where this epoch, or the `last` one, is to be kept."""
        if self.folder is None or not (last or epoch % self._every == 0):
            return
        weights = torch.cat([p.detach().reshape(-1) for p in model.parameters()])
        checkpoint.write(self.folder / f"{entrant}-{step}.safetensors", {"weights": weights})

    def arrive(self, entrant: int, lost: bool = False) -> None:
        """Say, as it leaves the race, that an entrant adds no more, and whether it has diverged."""
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            if lost:  # before the word that it is over, which others wait for
                (self.folder / f"{entrant}.lost").touch()
            (self.folder / f"{entrant}.over").touch()

    def lost(self) -> set[int]:
        """Name the entrants that have diverged."""
        return {int(file.stem) for file in self.folder.glob("*.lost")} if self.folder else set()

    def complete(self, entrants: Iterable[int]) -> bool:
        """Say whether these entrants have arrived, those of other workers too."""
        if self.folder is None:
            return False
        return all((self.folder / f"{each}.over").exists() for each in entrants)

    def clear(self) -> None:
        """Remove weights and arrivals: what was to be said of them is said, and not once more."""
        for kind in ("*.over", "*.safetensors"):
            for file in self.folder.glob(kind) if self.folder else ():
                file.unlink(missing_ok=True)

    def read(self) -> list[tuple[int, int, Tensor]]:
        """Give entrant, step and weights (parameters,) in order; a torn file is passed over."""
        found: list[tuple[int, int, Tensor]] = []
        if self.folder is None:
            return found
        for file in self.folder.iterdir():
            if match := _NAME.fullmatch(file.name):
                try:
                    kept = checkpoint.read(file, torch.device("cpu"))
                except checkpoint.Unreadable:
                    continue
                found.append((int(match[1]), int(match[2]), kept["weights"]))
        return sorted(found, key=lambda each: each[:2])
