"""The chapter's early stopping as a race: a deep dense network learns 1,000 digits by heart.

The chapter names neither its optimizer nor its rate: both here are ours.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.scenes.scene import Fact, Facts, RaceScene, Source, run_of
from core.training import Job
from core.training.networks import network


def _as_described(job: Job) -> Facts:
    """Check the race against the figure's description; the run itself is checked where it lies."""
    layers = network(job.network)
    return (
        Fact("MNIST", float(job.dataset == "mnist"), 1, 1),
        Fact("training images", job.train_size or 0, 1_000, 1_000),
        Fact("validation images", job.validation_size or 0, 500, 500),
        Fact("images a step", job.batch_size, 10, 10),
        Fact("epochs", job.epochs, 200, 200),
        Fact("dense layers", len(layers.layers), 5, 5),
        Fact("weights, in hundreds of thousands", layers.parameters / 1e5, 1, 10),
    )


def over_training(job: Job, events: Iterable[Mapping[str, Any]], entrant: int) -> Facts:
    """Measure in a race's events whether an entrant trained past its best, as in the figure.

    `events` are those of the whole race. The chapter's validation is the share of errors; the loss
    is looked at too, because it tells the same on fewer images.
    """
    own = [each for each in events if each.get("entrant") == entrant]
    losses = [loss for each in own if each["type"] == "steps" for loss in each["loss"]]
    seen = [each for each in own if each["type"] == "evaluation"]
    best = max(seen, key=lambda each: float(each["accuracy"]))  # of equals the first
    lowest = min(seen, key=lambda each: float(each["loss"]))
    epoch = losses[-len(losses) // job.epochs :]
    return (
        Fact("mean training loss of the last epoch", sum(epoch) / len(epoch), 0, 0.02),
        Fact("epochs after the best accuracy", job.epochs - best["epoch"], 1, job.epochs - 1),
        Fact("epoch of the lowest validation loss, of all", lowest["epoch"] / job.epochs, 0, 0.5),
        Fact("validation loss at the end, to its lowest", seen[-1]["loss"] / lowest["loss"], 1.25),
    )


EARLY_STOPPING = (
    RaceScene(
        id="early-stopping",
        title="Early stopping",
        sentence="1,000 digits of MNIST are learnt by heart; on 500 others the best epoch comes "
        "long before the 200th.",
        source=Source("Chapter", "Figure 4.4"),
        race={
            "dataset": "mnist",
            "train_size": 1_000,
            "validation_size": 500,
            "network": "dense_five",
            "epochs": 200,
            "batch_size": 10,
            "seed": 0,
            "optimizers": [run_of("gradient_descent", lr=0.01), run_of("adam", lr=0.0003)],
        },
        recorded="fe870e3bc6f0",
        claim=_as_described,
    ),
)
