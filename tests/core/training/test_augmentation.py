"""Crops and mirror images: the right pixels, the same for every entrant, off unless asked for."""

from typing import Any

import numpy as np
import pytest
import torch

from core.training import Job
from core.training.augmentation import Augmentation
from core.training.batches import Batches
from core.training.data.shapes import Shapes
from tests.core.training.helpers import curve, finish, run

CPU = torch.device("cpu")
SMALL: dict[str, Any] = {"train_size": 128, "epochs": 2, "batch_size": 32, "validation_size": 64}


def pictures(count: int) -> torch.Tensor:
    random = np.random.default_rng(0).integers(1, 256, (count, 3072), dtype=np.uint8)
    return torch.from_numpy(random)


def batches(**job: Any) -> Batches:
    images = finish(Shapes().load(lambda: None))
    return Batches(Job.read({**SMALL, **job}), Shapes(), images, CPU)


@pytest.mark.parametrize(("crop", "flip"), [(0, True), (4, False), (3, True)])
def test_every_pixel_comes_from_where_the_draw_says(crop: int, flip: bool) -> None:
    augmentation = Augmentation(crop, flip, 5, 40, CPU)
    pixels = pictures(40)
    made = augmentation.changed(pixels[8:24], epoch=1, first=8).view(16, 32, 32, 3).numpy()
    draws = augmentation.draws(1)
    for at in range(16):
        framed = np.zeros((32 + 2 * crop, 32 + 2 * crop, 3), np.uint8)
        framed[crop : crop + 32, crop : crop + 32] = pixels[8 + at].view(32, 32, 3).numpy()
        down, right = int(draws.down[8 + at]), int(draws.right[8 + at])
        expected = framed[down : down + 32, right : right + 32]
        if draws.mirrored[8 + at]:
            expected = expected[:, ::-1]
        assert np.array_equal(made[at], expected)


def test_draws_are_even_and_belong_to_seed_and_epoch() -> None:
    one = Augmentation(2, True, 0, 5_000, CPU)
    draws = one.draws(0)
    for offsets in (draws.down, draws.right):
        assert torch.bincount(offsets, minlength=5).tolist() == pytest.approx([1000] * 5, abs=120)
    assert float(draws.mirrored.float().mean()) == pytest.approx(0.5, abs=0.03)
    assert not torch.equal(draws.down, draws.right)
    again, other = Augmentation(2, True, 0, 5_000, CPU), Augmentation(2, True, 1, 5_000, CPU)
    assert again.draws(0).digest() == draws.digest()
    assert len({draws.digest(), one.draws(1).digest(), other.draws(0).digest()}) == 3


def test_mirroring_does_not_move_the_crops() -> None:
    plain, mirrored = (Augmentation(2, flip, 0, 50, CPU).draws(3) for flip in (False, True))
    assert torch.equal(plain.down, mirrored.down)
    assert not plain.mirrored.any()


def test_it_is_off_unless_asked_for() -> None:
    usual, asked = batches(), batches(crop=0, flip=False)
    assert torch.equal(usual.batch(3)[0], asked.batch(3)[0])
    assert usual.digest() == asked.digest()


@pytest.mark.parametrize("asked", [{"crop": 2}, {"flip": True}])
def test_batches_have_the_same_images_changed_and_another_fingerprint(
    asked: dict[str, Any],
) -> None:
    usual, changed = batches(), batches(**asked)
    (x, y), (u, v) = usual.batch(1), changed.batch(1)
    assert torch.equal(y, v)
    assert x.shape == u.shape
    assert u.is_contiguous(memory_format=torch.channels_last)
    assert not torch.equal(x, u)
    assert changed.digest() != usual.digest()
    assert torch.equal(u, batches(**asked).batch(1)[0])  # whoever asks, and whenever


def test_validation_images_are_left_as_they_are() -> None:
    usual, changed = batches(), batches(crop=4, flip=True)
    assert torch.equal(usual._validation, changed._validation)
    assert torch.equal(usual.strip()[2], changed.strip()[2])


def test_all_entrants_see_the_same_augmented_batches() -> None:
    events = run(**SMALL, crop=4, flip=True, optimizers=[{"name": "adam"}] * 2)
    assert curve(events, 0) == curve(events, 1)
    plain = run(**SMALL, optimizers=[{"name": "adam"}])
    assert curve(plain, 0)[1] != curve(events, 0)[1]
    assert plain[0]["fingerprint"] != events[0]["fingerprint"]
