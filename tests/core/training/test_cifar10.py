from pathlib import Path

import numpy as np
import pytest

from core.refusal import Refusal
from core.training.data import dataset, split
from core.training.data.cifar10 import Cifar10
from core.training.job import Job
from tests.core.training.helpers import REAL, fake_records, finish, needs_real_cifar


def write(folder: Path, *batches: int) -> list[np.ndarray]:
    folder.mkdir(parents=True, exist_ok=True)
    parts = [fake_records(30, seed=batch) for batch in batches]
    for batch, part in zip(batches, parts, strict=True):
        part.tofile(folder / f"data_batch_{batch}.bin")
    return parts


@pytest.mark.parametrize("inner", ["", "cifar-10-batches-bin"])
def test_a_folder_or_its_parent_may_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, inner: str
) -> None:
    write(tmp_path / inner, 1)
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    assert Cifar10().available()
    assert finish(Cifar10().load(lambda: None)).count == 30


def test_any_of_the_five_batches_will_do_and_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(tmp_path, 2, 5)
    (tmp_path / "data_batch_9.bin").write_bytes(b"not one of the five")
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    images = finish(Cifar10().load(lambda: None))
    assert images.sentence == (
        "60 of 50,000 training images, from data_batch_2.bin and data_batch_5.bin."
    )
    assert "60 small photographs" in Cifar10().sentence()


def test_rows_are_gathered_over_the_parts_with_red_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first, second = write(tmp_path, 1, 3)
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    pixels, labels = finish(Cifar10().load(lambda: None)).take(np.array([2, 31, 59]))
    assert labels.tolist() == [2, 1, 9]
    assert pixels.shape == (3, 32, 32, 3)
    assert pixels.flags.c_contiguous
    record = second[1]  # row 31
    assert pixels[1, 5, 7].tolist() == [record[1 + plane * 1024 + 5 * 32 + 7] for plane in range(3)]
    assert np.array_equal(pixels[0, :, :, 2].ravel(), first[2, 2049:])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "whole records of 3,073 bytes"),
        (bytes(3072), "whole records of 3,073 bytes"),
        (bytes([11]) + bytes(3072), "labels 0 to 9"),
    ],
)
def test_a_file_of_another_layout_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "data_batch_1.bin").write_bytes(content)
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    with pytest.raises(Refusal, match=words) as refused:
        finish(Cifar10().load(lambda: None))
    assert refused.value.field == "dataset"


def test_it_offers_what_the_present_files_leave_for_training(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Cifar10().trainable() == 48_000  # nothing here yet: the download brings them all
    (tmp_path / "data_batch_1.bin").write_bytes(bytes(3073 * 2_500))
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path))
    assert Cifar10().trainable() == 500
    with pytest.raises(Refusal, match="at most 500 training images"):
        Job.read({"dataset": "cifar10", "train_size": 501})


def test_without_files_it_says_that_it_will_download() -> None:
    assert not Cifar10().available()
    assert "170 MB" in Cifar10().sentence()


def test_an_unknown_data_set_is_refused_with_the_known_names() -> None:
    with pytest.raises(Refusal, match='"shapes" or "cifar10"'):
        dataset("cifar100")


def test_validation_images_are_held_out_by_the_seed() -> None:
    train, held = split(100, 20, None, seed=3)
    assert sorted([*train, *held]) == list(range(100))
    assert len(held) == 20
    few, same = split(100, 20, 10, seed=3)
    assert np.array_equal(held, same)
    assert set(few) < set(train)
    assert not np.array_equal(held, split(100, 20, None, seed=4)[1])


@pytest.mark.parametrize(("total", "size"), [(100, 81), (20, None), (10, 1)])
def test_more_training_images_than_there_are_is_refused(total: int, size: int | None) -> None:
    with pytest.raises(Refusal, match="held out for validation") as refused:
        split(total, 20, size, seed=0)
    assert refused.value.field == "train_size"


@needs_real_cifar
def test_the_real_images_have_the_published_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DATA", str(REAL))
    images = finish(Cifar10().load(lambda: None))
    rows = np.arange(0, images.count, max(1, images.count // 4000))
    pixels, labels = images.take(rows)
    assert np.allclose(pixels.mean(axis=(0, 1, 2)) / 255, Cifar10.mean, atol=0.01)
    assert np.allclose(pixels.std(axis=(0, 1, 2)) / 255, Cifar10.std, atol=0.01)
    assert np.bincount(labels).min() > 300
