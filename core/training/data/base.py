"""What a data set says about itself, what it gives, and how its images are split."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from core.refusal import Refusal

Event = dict[str, Any]
Check = Callable[[], None]  # called often during long work: it may raise to end it

SIDE = 32  # pixels
RECORD = 1 + 3 * SIDE * SIDE  # bytes: the label, then the red, the green and the blue plane
Records = NDArray[np.uint8]  # (n, RECORD); CIFAR-10's own binary layout, used for every data set


@dataclass(frozen=True, slots=True)
class Images:
    """The training images of a data set, in one or several memory-mapped parts."""

    parts: tuple[Records, ...]
    sentence: str  # where they come from and how many they are

    @property
    def count(self) -> int:
        """Count the images."""
        return sum(len(part) for part in self.parts)

    def take(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Gather rows: pixels uint8 (n, 32, 32, 3) and labels int64 (n,), both in memory."""
        starts = np.cumsum([0, *(len(part) for part in self.parts)])
        part_of = np.searchsorted(starts, rows, side="right") - 1
        records = np.empty((len(rows), RECORD), np.uint8)
        for index, part in enumerate(self.parts):
            here = part_of == index
            records[here] = part[rows[here] - starts[index]]
        planes = records[:, 1:].reshape(-1, 3, SIDE, SIDE)
        return np.ascontiguousarray(planes.transpose(0, 2, 3, 1)), records[:, 0].astype(np.int64)


class DataSet(ABC):
    """A set of 32 × 32 colour images in ten classes.

    `validation` images are held out of the training images, `train` is how many are left of them
    all.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    classes: ClassVar[tuple[str, ...]]
    train: ClassVar[int]
    validation: ClassVar[int]
    mean: ClassVar[tuple[float, float, float]]  # per channel, of values 0..1
    std: ClassVar[tuple[float, float, float]]

    @abstractmethod
    def available(self) -> bool:
        """Say whether the images are on this machine."""

    def trainable(self) -> int:
        """Count the images that can be trained on with the files that are here now."""
        return self.train

    @abstractmethod
    def sentence(self) -> str:
        """Say what the images are and where they come from, or how to get them."""

    @abstractmethod
    def load(self, check: Check) -> Generator[Event, None, Images]:
        """Give the training images; yields `download` events while they are being fetched."""


def split(
    total: int, validation: int, train_size: int | None, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Hold out validation images by the seed: rows of the training and of the validation images.

    `train_size` None takes all that are left.
    """
    left = total - validation
    if left < 1 or (train_size or 0) > left:
        raise Refusal(
            f"Expected at most {max(left, 0):,} training images ({total:,} are there and "
            f"{validation:,} of them are held out for validation), got {train_size or 'all'}: "
            "lower train_size, or add more images.",
            field="train_size",
        )
    order = np.random.default_rng([seed, 0]).permutation(total)
    train = order[validation : total if train_size is None else validation + train_size]
    return np.sort(train), np.sort(order[:validation])
