"""What Figure 4.4 says of over-training, on images that are here."""

from typing import Any

import pytest

from core.scenes import RaceScene, scene
from core.scenes.early_stopping import over_training
from core.training import Job, train


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def run(**changed: Any) -> tuple[Job, list[dict[str, Any]]]:
    declared = scene("early-stopping")
    assert isinstance(declared, RaceScene)
    adam = declared.job().model_dump()["optimizers"][-1]
    assert adam["name"] == "adam"
    job = Job.read({**declared.race, "optimizers": [adam], **changed})
    return job, list(train(job))


def test_its_network_learns_a_few_shapes_by_heart_long_after_its_best_epoch() -> None:
    job, events = run(dataset="shapes", train_size=200, epochs=40)
    assert [fact for fact in over_training(job, events, 0) if not fact.holds] == []


def test_two_epochs_are_no_over_training() -> None:
    job, events = run(dataset="shapes", train_size=200, epochs=2)
    assert not all(fact.holds for fact in over_training(job, events, 0))
