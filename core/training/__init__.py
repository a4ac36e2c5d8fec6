"""Training real networks: data sets, networks, the race of optimizers, and the worker that runs it.

`train(job)` is a generator of events and needs no server:

    from core.training import Job, train
    for event in train(Job(epochs=2)):
        print(event)

Importing this package is cheap; torch is imported with `train`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.training.control import Control
    from core.training.data import DATASETS
    from core.training.job import LIMITS, TRAINABLE, Job
    from core.training.networks import NETWORKS
    from core.training.race import train
    from core.training.shares import assign

_HOMES = {
    "DATASETS": "data",
    "LIMITS": "job",
    "NETWORKS": "networks",
    "TRAINABLE": "job",
    "Control": "control",
    "Job": "job",
    "assign": "shares",
    "train": "race",
}

__all__ = ["DATASETS", "LIMITS", "NETWORKS", "TRAINABLE", "Control", "Job", "assign", "train"]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
