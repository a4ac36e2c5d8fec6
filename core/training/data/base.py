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
GREY_SIDE = 28  # pixels of the images in one shade
GREY_RECORD = 1 + GREY_SIDE * GREY_SIDE  # bytes: the label, then the one plane
Records = NDArray[np.uint8]  # (n, RECORD), which is CIFAR-10's own layout, or (n, GREY_RECORD)


@dataclass(frozen=True, slots=True)
class Images:
    """The images of a data set, in one or several memory-mapped parts.

    `test` is the official test split, kept apart from all that is trained on or validated with;
    it is empty where its file is not there.
    """

    parts: tuple[Records, ...]
    sentence: str  # where they come from and how many they are
    test: tuple[Records, ...] = ()

    @property
    def count(self) -> int:
        """Count the training images."""
        return count(self.parts)

    def take(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """Gather training images: pixels uint8 (n, 32, 32, 3) and labels int64 (n,), in memory."""
        return gather(self.parts, rows)


def count(parts: tuple[Records, ...]) -> int:
    """Count the images of several parts."""
    return sum(len(part) for part in parts)


def gather(
    parts: tuple[Records, ...], rows: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Gather rows over the parts: pixels uint8 (n, 32, 32, 3), labels int64 (n,), in memory."""
    starts = np.cumsum([0, *(len(part) for part in parts)])
    part_of = np.searchsorted(starts, rows, side="right") - 1
    pixels = np.empty((len(rows), SIDE, SIDE, 3), np.uint8)
    labels = np.empty(len(rows), np.int64)
    for index, part in enumerate(parts):
        here = part_of == index
        records = part[rows[here] - starts[index]]
        pixels[here], labels[here] = _pixels(records), records[:, 0]
    return pixels, labels


def _pixels(records: Records) -> NDArray[np.uint8]:
    """Give the pixels, (n, 32, 32, 3).

    The networks take one shape. An image of 28 × 28 in one shade gets a frame of two black pixels,
    which adds no detail and loses none, and the same shade in all three colours.
    """
    if records.shape[1] == RECORD:
        planes = records[:, 1:].reshape(-1, 3, SIDE, SIDE)
        return planes.transpose(0, 2, 3, 1)
    frame = (SIDE - GREY_SIDE) // 2
    plane = records[:, 1:].reshape(-1, GREY_SIDE, GREY_SIDE, 1)
    framed = np.pad(plane, ((0, 0), (frame, frame), (frame, frame), (0, 0)))
    return np.broadcast_to(framed, (len(records), SIDE, SIDE, 3))


class DataSet(ABC):
    """A set of 32 × 32 colour images in ten classes.

    `validation` images are held out of the training images unless a race says otherwise, `train`
    is how many are then left of them all.
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

    def total(self) -> int:
        """Count the images to train on or to hold out, with the files that are here now."""
        return self.train + self.validation

    def trainable(self, validation: int | None = None) -> int:
        """Count what holding out so many (None: as many as usual) leaves to train on."""
        return self.total() - (self.validation if validation is None else validation)

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
