"""What several tests of training share."""

import os
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from core.training import Job, train

Event = dict[str, Any]
T = TypeVar("T")

REAL = Path(os.environ.get("THALWEG_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
needs_real_cifar = pytest.mark.skipif(
    not (REAL / "cifar-10-batches-bin" / "data_batch_1.bin").exists(),
    reason="CIFAR-10 is not here: name a folder with cifar-10-batches-bin in THALWEG_TEST_DATA",
)


def finish(generator: Generator[Any, None, T]) -> T:
    """Run a generator to its end and give what it returns."""
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def run(**job: Any) -> list[Event]:
    """Run a race to its end."""
    return list(train(Job.read(job)))


def of(events: Iterable[Event], kind: str, entrant: int | None = None) -> list[Event]:
    return [
        event
        for event in events
        if event["type"] == kind and (entrant is None or event["entrant"] == entrant)
    ]


def curve(events: Iterable[Event], entrant: int) -> tuple[list[int], list[float]]:
    """Join an entrant's steps and losses."""
    steps: list[int] = []
    losses: list[float] = []
    for event in of(events, "steps", entrant):
        steps += event["step"]
        losses += event["loss"]
    return steps, losses


def fake_records(count: int, seed: int = 0) -> np.ndarray:
    """Make records in CIFAR-10's layout: random pixels, labels in turn."""
    records = np.random.default_rng(seed).integers(0, 256, (count, 3073), dtype=np.uint8)
    records[:, 0] = np.arange(count) % 10
    return records
