"""The plane through the paths of a race, and the loss upon it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from core.training import Job, train
from core.training.batches import Batches
from core.training.data import dataset
from core.training.keeper import Keeper
from core.training.model import build
from core.training.networks import network
from core.training.plane import principal, window
from core.training.waypoints import Waypoints
from tests.core.training.helpers import Event, finish, of

TINY: dict[str, Any] = {
    "train_size": 128, "epochs": 3, "batch_size": 32, "landscape": True,
    "optimizers": [{"name": "gradient_descent"}, {"name": "adam"}],
}  # fmt: skip


def test_the_plane_is_that_of_the_principal_components() -> None:
    """Against numpy's singular values."""
    rng = np.random.default_rng(4)
    points = rng.normal(size=(9, 40)) * np.linspace(3, 0.1, 40) + 5
    plane = principal(torch.tensor(points))
    _, singular, vt = np.linalg.svd(points - points.mean(0), full_matrices=False)
    np.testing.assert_allclose(plane.shares, (singular**2 / (singular**2).sum())[:2], rtol=1e-9)
    for axis, expected in zip(plane.axes.numpy(), vt, strict=False):
        assert abs(axis @ expected) == pytest.approx(1, abs=1e-9)
    feet = plane.place(torch.tensor(points))
    nearest = torch.stack([plane.weights(float(u), float(v)) for u, v in feet]).numpy()
    residual = points - nearest
    np.testing.assert_allclose(residual @ plane.axes.numpy().T, 0, atol=1e-9)
    (u0, u1), (v0, v1) = window(feet)
    assert u1 - u0 == pytest.approx(v1 - v0)
    assert ((feet > torch.tensor([u0, v0])) & (feet < torch.tensor([u1, v1]))).all()


@pytest.mark.parametrize(
    "points", [torch.zeros(5, 8), torch.arange(12.0).reshape(4, 3) * 0 + torch.arange(4.0)[:, None]]
)
def test_points_on_a_line_span_no_plane(points: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="no plane"):
        principal(points)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    return list(train(Job.read(TINY)))


def test_a_sketch_and_then_the_picture_come_before_the_end(told: list[Event]) -> None:
    pictures = of(told, "landscape")
    assert [each["side"] for each in pictures] == [9, 25]
    assert told[-1]["type"] == "finished"
    assert told[-2] is pictures[-1]
    for each in pictures:
        losses = np.array(each["losses"], float)
        assert losses.shape == (each["side"], each["side"])
        assert np.isfinite(losses).all()
    coarse, fine = (np.array(each["losses"]) for each in pictures)
    np.testing.assert_allclose(coarse[::8, ::8], fine[::24, ::24], rtol=1e-5)  # the corners


def test_paths_begin_together_and_tell_their_own_loss(told: list[Event]) -> None:
    first, second = of(told, "landscape")[-1]["paths"]
    assert first["step"] == second["step"] == [0, 4, 8, 12]
    assert (first["u"][0], first["v"][0]) == (second["u"][0], second["v"][0])
    job = Job.read(TINY)
    declared = dataset(job.dataset)
    batches = Batches(job, declared, finish(declared.load(lambda: None)), torch.device("cpu"))
    x, y = batches.sample(512)
    with torch.no_grad():
        loss = functional.cross_entropy(build(network(job.network), job.seed)(x), y)
    assert first["losses"][0] == pytest.approx(float(loss), rel=1e-5)
    assert all(off >= 0 for off in first["off"])


def test_two_workers_tell_it_once(tmp_path: Path) -> None:
    job = Job.read(TINY)
    shares = [list(train(job, [at], None, Keeper(tmp_path))) for at in (0, 1)]
    assert not of(shares[0], "landscape")
    (_, whole) = of(shares[1], "landscape")
    assert [path["entrant"] for path in whole["paths"]] == [0, 1]
    assert not list((tmp_path / "waypoints").glob("*.safetensors"))


def test_a_share_with_repeats_to_train_does_not_tell_it_again(tmp_path: Path) -> None:
    job = Job.read({**TINY, "repeats": 2})
    long = train(job, [1, 2], None, Keeper(tmp_path))
    rest: list[Event] = []
    for event in long:
        if event["type"] == "done" and event["entrant"] == 1:
            rest += of(list(train(job, [0], None, Keeper(tmp_path))), "landscape")
            break
    assert [each["side"] for each in rest] == [9, 25]
    later = list(long)
    assert not of(later, "landscape")
    assert later[-1]["type"] == "finished"


def test_who_was_out_before_the_worker_died_is_in_the_landscape_all_the_same(
    tmp_path: Path,
) -> None:
    """The one that goes on does so alone: the log has the end of the other."""
    job = Job.read({**TINY, "optimizers": [*TINY["optimizers"], {"name": "adam", "lr": 1.0}]})
    race = train(job, keeper=Keeper(tmp_path, 100))
    for event in race:
        if event["type"] == "diverged":
            break
    race.close()  # type: ignore[attr-defined]
    (_, whole) = of(list(train(job, [0, 1], None, Keeper(tmp_path))), "landscape")
    assert [path["entrant"] for path in whole["paths"]] == [0, 1, 2]
    assert whole["lost"] == [2]


def test_a_path_that_diverges_is_shown_and_does_not_choose_the_plane() -> None:
    wild = {"name": "adam", "lr": 1.0}  # gone after two steps
    job = Job.read({**TINY, "optimizers": [*TINY["optimizers"], wild]})
    events = list(train(job))
    (ended,) = of(events, "diverged")
    whole = of(events, "landscape")[-1]
    assert whole["lost"] == [ended["entrant"]] == [2]
    assert [each["entrant"] for each in whole["paths"]] == [0, 1, 2]
    alone = of(list(train(Job.read(TINY))), "landscape")[-1]
    assert (whole["u"], whole["v"]) == (alone["u"], alone["v"])
    assert alone["lost"] == []


def test_a_race_that_does_not_ask_keeps_nothing(tmp_path: Path) -> None:
    events = list(train(Job.read({**TINY, "landscape": False}), None, None, Keeper(tmp_path)))
    assert not of(events, "landscape")
    assert not (tmp_path / "waypoints").exists()


def test_a_long_race_is_thinned(tmp_path: Path) -> None:
    model = torch.nn.Linear(2, 1)
    ways = Waypoints(tmp_path, 200)
    for epoch in range(201):
        ways.pass_(0, epoch, epoch, epoch == 200, model)
    kept = [step for _, step, _ in ways.read()]
    assert len(kept) <= 24
    assert (kept[0], kept[-1]) == (0, 200)
