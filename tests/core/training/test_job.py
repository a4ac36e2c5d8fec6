import json
from typing import Any

import pytest

from core.refusal import Refusal
from core.training import TRAINABLE, Job, assign


def test_the_default_race_has_six_entrants_on_the_projects_own_images() -> None:
    job = Job()
    assert (job.dataset, job.network) == ("shapes", "paper")
    assert [each.name for each in job.optimizers] == [
        "gradient_descent",
        "momentum",
        "adagrad",
        "rmsprop",
        "adam",
        "lbfgs",
    ]


@pytest.mark.parametrize("kind", TRAINABLE, ids=lambda each: each.__name__)
def test_what_is_left_out_has_its_value_for_training(kind: Any) -> None:
    name = kind.model_fields["name"].default
    (entrant,) = Job.read({"optimizers": [{"name": name}]}).optimizers
    for hyperparameter, value in kind.training.items():
        assert getattr(entrant, hyperparameter) == value
    assert entrant.torch() is not None


def test_what_is_given_is_kept() -> None:
    job = Job.read({"optimizers": [{"name": "adam", "lr": 0.5}, {"name": "adam"}]})
    first, second = (each.hyperparameters() for each in job.optimizers)
    assert first["lr"] == 0.5
    assert first["beta2"] == second["beta2"]
    assert first["lr"] != second["lr"]


@pytest.mark.parametrize("kind", TRAINABLE, ids=lambda each: each.__name__)
def test_every_hyperparameter_reaches_torch(kind: Any) -> None:
    """A slider that changes nothing would be a lie: another value makes another torch optimizer."""
    for parameter in kind.training_parameters():
        other = parameter.high if parameter.default != parameter.high else parameter.low
        changed = kind.model_validate({**kind.training, parameter.name: other})
        assert changed.torch() != kind.model_validate(kind.training).torch()


def test_a_hyperparameter_of_surfaces_alone_is_neither_told_nor_taken() -> None:
    job = Job.read({"optimizers": [{"name": "adam", "bias_correction": 1}]})
    assert "bias_correction" not in job.model_dump()["optimizers"][0]
    alone = {
        each.name for kind in TRAINABLE for each in kind.parameters()
        if each.name not in (kind.training or {})
    }  # fmt: skip
    assert alone == {"bias_correction"}


def test_a_job_survives_json() -> None:
    job = Job.read({"dataset": "cifar10", "train_size": 500, "optimizers": [{"name": "momentum"}]})
    assert Job.read(json.loads(job.model_dump_json())) == job
    assert Job.read(json.loads(Job().model_dump_json())) == Job()


ADAM = [{"name": "adam"}]


@pytest.mark.parametrize(
    ("request_", "field", "words"),
    [
        ({"optimizers": [{"name": "adamm"}]}, "optimizers.0.name", "adamm"),
        ({"optimizers": [*ADAM, {"name": "newton"}]}, "optimizers.1.name", "trains networks"),
        ({"optimizers": [{"name": "adam", "lr": -1}]}, "optimizers.0.lr", "from 0.00001 to 10"),
        ({"optimizers": [{"name": "adam", "lr": float("nan")}]}, "optimizers.0.lr", "lr"),
        (
            {"optimizers": [{"name": "adam", "rate": 1}]},
            "optimizers.0.rate",
            "one of name, schedule, weight_decay, lr",
        ),
        ({"optimizers": [{"name": "adahessian", "probes": 0}]}, "optimizers.0", "1 probe"),
        (
            {"optimizers": [{"name": "adam", "bias_correction": 0}]},
            "optimizers.0",
            "no bias_correction on a network",
        ),
        (
            {"optimizers": [{"name": "lbfgs", "schedule": {"name": "cosine"}}]},
            "optimizers.0.schedule",
            "Expected no schedule for L-BFGS",
        ),
        ({"optimizers": []}, "optimizers", "at least 1"),
        ({"optimizers": ADAM * 65}, "optimizers", "at most 64"),
        ({"optimizers": "adam"}, "optimizers", "a list"),
        ({"optimizers": ["adam"]}, "optimizers.0", "adam"),
        ({"dataset": "imagenet"}, "dataset", "imagenet"),
        ({"network": "lenet"}, "network", "lenet"),
        ({"train_size": 5000}, "train_size", "at most 4,096"),
        ({"train_size": 0}, "train_size", "at least 1"),
        ({"validation_size": 5120}, "validation_size", "below the 5,120 images of shapes"),
        ({"validation_size": 0}, "validation_size", "at least 1"),
        ({"validation_size": 5000, "train_size": 121}, "train_size", "at most 120"),
        ({"train_size": 10, "batch_size": 64}, "batch_size", "lower batch_size"),
        ({"batch_size": 4096}, "batch_size", "from 1 to 1024"),
        ({"epochs": 10**9}, "epochs", "from 1 to 200"),
        ({"crop": 9}, "crop", "from 0 to 8"),
        ({"flip": "maybe"}, "flip", "flip"),
        ({"epochs": -1}, "epochs", "from 1 to 200"),
        ({"epochs": 200, "batch_size": 1}, "epochs", "at most 200,000 steps"),
        ({"seed": -1}, "seed", "from 0"),
        ({"seed": 2**32 - 2, "repeats": 3}, "seed", "lower the seed"),
        ({"repeats": 0}, "repeats", "from 1 to 10"),
        ({"repeats": 11}, "repeats", "from 1 to 10"),
        ({"repeats": 10, "optimizers": ADAM * 7}, "repeats", "7 optimizers × 10 repeats = 70"),
        ({"optimizers": ADAM, "forks": [0]}, "forks", "leave forks out"),
        ({"optimizers": ADAM * 2, "forks": [1]}, "forks", "a repeat from 0 to 0"),
        ({"colour": "red"}, "colour", "one of dataset"),
    ],
)
def test_what_cannot_be_run_is_refused_with_its_field(
    request_: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        Job.read(request_)
    assert words in refused.value.sentence
    assert refused.value.field == field


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_every_entrant_is_dealt_once_and_the_dearest_stands_alone(workers: int) -> None:
    hands = assign(Job(), workers)
    assert len(hands) == min(workers, 6)
    assert sorted(index for hand in hands for index in hand) == list(range(6))
    assert all(hands)
    if workers > 1:
        assert [5] in hands  # L-BFGS costs as much as the five others together
