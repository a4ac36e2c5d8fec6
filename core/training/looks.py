"""What is looked at in a network once an epoch, beside its loss: none of it on its own clock."""

import time
from collections.abc import Iterator
from typing import Any

from torch import nn

from core.training.batches import Batches, Seen
from core.training.control import Control
from core.training.costs import SHARPNESS_IMAGES
from core.training.job import Job
from core.training.numbers import finite
from core.training.portrait import answers, filters, strip
from core.training.sharpness import sharpness
from core.training.waypoints import Waypoints


class Looks:
    """The images and the seed that every entrant of a race is looked at with."""

    def __init__(self, job: Job, batches: Batches, waypoints: Waypoints) -> None:
        """Choose the images; weights on the way go to `waypoints`."""
        self.waypoints = waypoints
        self._last = job.epochs
        self._every, self._seed = job.sharpness_every, job.seed
        pixels, labels, self._strip = batches.strip()
        self.strip = strip(pixels, labels)
        self._sample = batches.sample(SHARPNESS_IMAGES)

    def keep(self, entrant: int, step: int, epoch: int, model: nn.Module) -> None:
        """Keep the weights for the landscape, where it is asked for and the epoch is one of its."""
        self.waypoints.pass_(entrant, step, epoch, epoch >= self._last, model)

    def facts(
        self, model: nn.Module, seen: Seen, epoch: int, control: Control
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give (type of event, what it tells)."""
        yield (
            "portrait",
            {
                "confusions": seen.confusions,
                **answers(model, self._strip),
                "filters": filters(model),
            },
        )
        if self._every and epoch % self._every == 0:
            began = time.perf_counter()
            found = sharpness(model, *self._sample, self._seed, control.check_stop)
            yield (
                "sharpness",
                {
                    "value": finite(found.value),
                    "settled": found.settled,
                    "products": found.products,
                    "images": len(self._sample[1]),
                    "took": time.perf_counter() - began,
                },
            )
