"""The repeats of a race: each with a seed of its own, and in itself as fair as a race."""

import hashlib
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from core.training.batches import Batches, Seen, divided
from core.training.control import Control
from core.training.data import DataSet, Images
from core.training.job import Job
from core.training.looks import Looks
from core.training.model import build
from core.training.networks import network
from core.training.resident import Resident
from core.training.waypoints import Waypoints


@dataclass(frozen=True, slots=True)
class Repeat:
    """What all entrants of one repeat share: images, their order, and the initial weights.

    Networks are looked into in the first repeat alone (`looks`, else None): ten answers are not the
    same question to a network that was shown other images.
    """

    model: nn.Module
    batches: Batches
    looks: Looks | None

    @property
    def fingerprint(self) -> str:
        """Hash the initial weights and the batch order: equal for all workers of a race."""
        state = hashlib.sha256(self.batches.digest())
        for p in self.model.parameters():
            state.update(p.detach().cpu().numpy().tobytes())
        return state.hexdigest()[:8]

    def first(self, control: Control) -> Seen:
        """Look at the validation images with the initial weights."""
        return self.batches.evaluate(self.model.to(self.batches.device), control)


def prepared(
    job: Job, declared: DataSet, images: Images, device: torch.device, waypoints: Waypoints
) -> list[Repeat]:
    """Prepare every repeat of a race; repeat r is what the race with the seed + r would be."""
    jobs = [job.model_copy(update={"seed": job.seed + number}) for number in range(job.repeats)]
    rows = [part for own in jobs for part in divided(own, declared, images)]
    resident = Resident(images, np.concatenate(rows), device)  # in memory once for them all
    found = []
    for number, own in enumerate(jobs):
        batches = Batches(own, declared, images, device, resident)
        looks = Looks(own, batches, waypoints) if number == 0 else None
        found.append(Repeat(build(network(job.network), own.seed), batches, looks))
    return found


def together(fingerprints: list[str]) -> str:
    """Give one word for all repeats: that of the only one, or the hash of all of theirs."""
    if len(fingerprints) == 1:
        return fingerprints[0]
    return hashlib.sha256(" ".join(fingerprints).encode()).hexdigest()[:8]
