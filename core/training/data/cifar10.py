"""CIFAR-10 in its official binary layout: from a folder, from the cache, or by download.

Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", University of Toronto, 2009;
layout and archive: https://www.cs.toronto.edu/~kriz/cifar.html. Nothing is ever unpickled.
"""

import os
import re
import tarfile
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

import numpy as np

from core.refusal import Refusal
from core.training.data import store
from core.training.data.base import RECORD, Check, DataSet, Event, Images, Records
from core.training.data.download import Archive, fetch

FOLDER = "cifar-10-batches-bin"
OFFICIAL = Archive(
    url="https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
    sha256="c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    bytes=170_052_171,
)

_TEST = "test_batch.bin"
_BATCH = re.compile(r"data_batch_[1-5]\.bin")
_WANTED = re.compile(r"(data_batch_[1-5]|test_batch)\.bin|batches\.meta\.txt")


class Cifar10(DataSet):
    """Small photographs of ten kinds of animals and vehicles."""

    name: ClassVar[str] = "cifar10"
    title: ClassVar[str] = "CIFAR-10"
    classes: ClassVar[tuple[str, ...]] = (
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    )
    train: ClassVar[int] = 48_000
    validation: ClassVar[int] = 2_000
    mean: ClassVar[tuple[float, float, float]] = (0.4914, 0.4822, 0.4465)
    std: ClassVar[tuple[float, float, float]] = (0.2470, 0.2435, 0.2616)

    def __init__(self, archive: Archive = OFFICIAL) -> None:
        """Take the official archive, or another one of the same layout."""
        self.archive = archive

    def available(self) -> bool:
        """Say whether at least one training batch is on this machine."""
        return _folder() is not None

    def total(self) -> int:
        """Count the images of the training batches here; all, where they will be downloaded."""
        folder = _folder()
        found = 0 if folder is None else _count(folder)
        # Too few files for a validation: `load` says what is wrong.
        return found if found > self.validation else super().total()

    def sentence(self) -> str:
        """Say which files are there, or that they will be downloaded."""
        folder = _folder()
        if folder is None:
            return (
                f"60,000 small photographs in ten classes. Start downloads them once "
                f"({self.archive.bytes / 1e6:.0f} MB) and keeps them in {store.folder()}."
            )
        names, count = _batches(folder), _count(folder)
        return f"{count:,} small photographs in ten classes, from {_listed(names)} in {folder}."

    def load(self, check: Check) -> Generator[Event, None, Images]:
        """Map the training batches that are there; download the archive if there is none."""
        folder = _folder()
        if folder is None:
            folder = yield from self._download(check)
        names = _batches(folder)
        parts = tuple(_records(folder / name) for name in names)
        count = sum(map(len, parts))
        test = folder / _TEST
        return Images(
            parts,
            f"{count:,} of 50,000 training images, from {_listed(names)}.",
            (_records(test),) if test.is_file() else (),
        )

    def _download(self, check: Check) -> Generator[Event, None, Path]:
        parent = store.folder()
        target = parent / "cifar-10-binary.tar.gz"
        try:
            parent.mkdir(parents=True, exist_ok=True)
            with store.exclusive(target.with_suffix(".lock"), check):
                if (found := _folder()) is not None:  # another worker fetched it meanwhile
                    return found
                yield from fetch(self.archive, target, check)
                _unpack(target, parent / FOLDER, check)
                target.unlink()
        except (OSError, tarfile.TarError) as error:
            raise Refusal(
                f"CIFAR-10 could not be kept in {parent} ({error}). {_BY_HAND}", field="dataset"
            ) from error
        except Refusal as refusal:
            raise Refusal(f"{refusal.sentence} {_BY_HAND}", field="dataset") from refusal
        return parent / FOLDER


_BY_HAND = (
    f"Or put the files of {FOLDER} into a folder of your own, name that folder in the environment "
    f"variable {store.VARIABLE} and restart. The data set `shapes` needs no download."
)


def _folder() -> Path | None:
    """Find a folder with at least one training batch: the named one first, then the cache."""
    given = store.given()
    named = [given, given / FOLDER] if given else []
    for folder in (*named, store.folder() / FOLDER):
        if _batches(folder):
            return folder
    return None


def _batches(folder: Path) -> list[str]:
    """Name the training batches of a folder; one that is not there or not readable has none."""
    try:
        return sorted(path.name for path in folder.iterdir() if _BATCH.fullmatch(path.name))
    except OSError:
        return []


def _count(folder: Path) -> int:
    """Count the images in a folder's training batches, by their sizes."""
    return sum((folder / name).stat().st_size for name in _batches(folder)) // RECORD


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _records(path: Path) -> Records:
    """Map one batch: uint8 (n, 3073)."""
    size = path.stat().st_size
    if size == 0 or size % RECORD:
        raise Refusal(
            f"Expected whole records of {RECORD:,} bytes in {path}, got {size:,} bytes: "
            "copy the file again.",
            field="dataset",
        )
    records: Records = np.memmap(path, np.uint8, "r").reshape(-1, RECORD)
    if (worst := int(records[:, 0].max())) > 9:
        raise Refusal(
            f"Expected labels 0 to 9 in {path}, got {worst}: this is not CIFAR-10's binary layout.",
            field="dataset",
        )
    return records


def _unpack(archive: Path, target: Path, check: Check) -> None:
    """Copy the wanted files out of the archive, by name alone, and move them in place at once."""
    with tempfile.TemporaryDirectory(dir=target.parent) as temporary:
        made = Path(temporary) / target.name
        made.mkdir()
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                check()
                name = Path(member.name).name
                source = tar.extractfile(member) if member.isfile() else None
                if source is None or not _WANTED.fullmatch(name):
                    continue
                with (made / name).open("wb") as file:
                    while chunk := source.read(1 << 22):
                        file.write(chunk)
        os.replace(made, target)
