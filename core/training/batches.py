"""The images of one race on its device, and the one order in which every entrant sees them."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.training.augmentation import Augmentation
from core.training.control import Control
from core.training.data import DataSet, Images, split
from core.training.data.base import SIDE, count, gather
from core.training.job import Job
from core.training.networks import CLASSES
from core.training.portrait import chosen, confusions
from core.training.resident import Resident, Rows, there

_EVALUATED = 256  # validation images that pass through the network at once


class Seen(NamedTuple):
    """What a pass over the validation images showed."""

    loss: float  # mean cross-entropy
    accuracy: float  # 0..1
    confusions: list[list[int]]  # images: [truth][class named]


class Batches:
    """Minibatches 0, 1, 2, ... of a race: the same for every entrant, whatever its pace.

    An epoch is a fresh permutation of the training images, drawn from (seed, epoch); the images
    left over at its end, fewer than a minibatch, are left out of that epoch. Pixels stay on the
    device as bytes (`Resident`); the minibatch is augmented, where the race asks for it, and
    normalised.
    """

    def __init__(
        self,
        job: Job,
        dataset: DataSet,
        images: Images,
        device: torch.device,
        resident: Resident | None = None,
    ) -> None:
        """Split the images; those that are not `resident` yet are moved to the device."""
        train, validation = divided(job, dataset, images)
        self._images = resident or Resident(images, np.concatenate([train, validation]), device)
        self.device = device
        self.batch_size = job.batch_size
        self.train_count, self.validation_count = len(train), len(validation)
        self.test_count = count(images.test)
        self.per_epoch = len(train) // job.batch_size
        self.total = job.epochs * self.per_epoch
        self.evaluate_every = self.per_epoch // _evaluations(len(train), len(validation))
        self.seed = job.seed
        self._train_rows = train
        self._train = self._images.places(train)
        self._validation = self._images.places(validation)
        self._test = images.test  # looked at twice, at the end: it stays in its files
        mean = torch.tensor(dataset.mean, device=device)
        std = torch.tensor(dataset.std, device=device)
        # (3072,) each, over a whole image: torch takes five times as long to broadcast (3,).
        self._scale = (1 / (255 * std)).repeat(SIDE * SIDE)
        self._shift = (-mean / std).repeat(SIDE * SIDE)
        asked = job.crop or job.flip
        self._augmentation = (
            Augmentation(job.crop, job.flip, job.seed, len(train), device) if asked else None
        )
        self._order = lru_cache(maxsize=4)(self._shuffled)

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Give minibatch `step`, from 0: images (B, 3, 32, 32), channels last, and labels (B,)."""
        epoch, at = divmod(step, self.per_epoch)
        first = at * self.batch_size
        rows = self._order(epoch)[first : first + self.batch_size]
        pixels, labels = self._at(rows)
        if self._augmentation is not None:
            pixels = self._augmentation.changed(pixels, epoch, first)
        return self._normal(pixels), labels

    def evaluate(self, model: nn.Module, control: Control) -> Seen:
        """Look at all validation images."""
        held = self._validation
        pieces = (held[at : at + _EVALUATED] for at in range(0, len(held), _EVALUATED))
        return self._seen(model, map(self._at, pieces), control)

    def test(self, model: nn.Module, control: Control) -> Seen:
        """Look at all test images."""
        rows = np.arange(self.test_count)
        pieces = (rows[at : at + _EVALUATED] for at in range(0, len(rows), _EVALUATED))
        return self._seen(
            model, (there(*gather(self._test, each), self.device) for each in pieces), control
        )

    @torch.inference_mode()
    def _seen(
        self, model: nn.Module, chunks: Iterable[tuple[Tensor, Tensor]], control: Control
    ) -> Seen:
        loss = torch.zeros((), device=self.device)
        counts = torch.zeros((CLASSES, CLASSES), dtype=torch.int64, device=self.device)
        seen = 0
        for pixels, y in chunks:
            control.check_stop()
            logits = model(self._normal(pixels))  # (B, 10)
            loss += functional.cross_entropy(logits, y, reduction="sum")
            counts += confusions(logits, y)
            seen += len(y)
        return Seen(float(loss) / seen, float(counts.trace()) / seen, counts.tolist())

    def strip(self) -> tuple[Tensor, Tensor, Tensor]:
        """Give the validation images that all are asked about: bytes, labels, and normalised."""
        rows = chosen(self._images.labels.index_select(0, self._validation))
        picked, labels = self._at(self._validation.index_select(0, rows))
        return picked, labels, self._normal(picked)

    def sample(self, count: int) -> tuple[Tensor, Tensor]:
        """Give the first training images, the same at any time: (n, 3, 32, 32), labels (n,)."""
        pixels, labels = self._at(self._train[:count])
        return self._normal(pixels), labels

    def digest(self) -> bytes:
        """Hash the training images chosen, and the order and augmentation of the first epoch."""
        seen = self._train_rows.tobytes() + self._permutation(0).tobytes()
        if self._augmentation is not None:
            seen += self._augmentation.draws(0).digest()
        return hashlib.sha256(seen).digest()

    def _at(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Give the images at these places: bytes (n, 3072), labels (n,)."""
        held = self._images
        return held.pixels.index_select(0, places), held.labels.index_select(0, places)

    def _normal(self, pixels: Tensor) -> Tensor:
        x = pixels.to(torch.float32).mul_(self._scale).add_(self._shift)  # (B, 3072)
        # Its memory is already in channels-last order, which convolutions on a CPU prefer.
        return x.view(-1, SIDE, SIDE, 3).permute(0, 3, 1, 2)  # (B, 3, 32, 32)

    def _permutation(self, epoch: int) -> Rows:
        return np.random.default_rng([self.seed, 1, epoch]).permutation(self.train_count)

    def _shuffled(self, epoch: int) -> Tensor:
        return self._train[torch.from_numpy(self._permutation(epoch)).to(self.device)]


def divided(job: Job, dataset: DataSet, images: Images) -> tuple[Rows, Rows]:
    """Give the rows that a race trains on and those that it holds out."""
    held = dataset.validation if job.validation_size is None else job.validation_size
    return split(images.count, held, job.train_size, job.seed)


def _evaluations(train: int, validation: int) -> int:
    """Say how often an epoch is evaluated: up to four times, if twice as many images lie between.

    Evaluating costs a third of training on as many images, so it stays under a sixth of the time.
    """
    return next((times for times in (4, 2) if train >= 2 * times * validation), 1)
