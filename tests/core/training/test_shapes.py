import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.training.data import store
from core.training.data.shapes import Shapes, draw
from tests.core.training.helpers import finish


def images(records: np.ndarray) -> np.ndarray:
    return records[:, 1:].reshape(-1, 3, 32, 32)


def test_the_same_images_every_time_and_others_for_testing() -> None:
    assert np.array_equal(draw(200, "train"), draw(200, "train"))
    assert not np.array_equal(draw(200, "train"), draw(200, "test"))


def test_ten_classes_equal_in_number_and_shuffled() -> None:
    labels = draw(500, "train")[:, 0]
    assert np.bincount(labels).tolist() == [50] * 10
    assert not np.array_equal(labels[:10], np.sort(labels[:10]))
    assert len(Shapes.classes) == 10


def test_the_declared_mean_and_deviation_are_those_of_the_images() -> None:
    pixels = images(draw(2000, "train")) / 255
    assert np.allclose(pixels.mean(axis=(0, 2, 3)), Shapes.mean, atol=0.01)
    assert np.allclose(pixels.std(axis=(0, 2, 3)), Shapes.std, atol=0.01)


def test_colour_says_nothing_about_the_class() -> None:
    """Mean colours of the classes differ by less than a tenth of what single images differ by."""
    records = draw(5120, "train")
    colour = images(records).mean(axis=(2, 3)) / 255  # (n, 3)
    hue = colour - colour.mean(axis=1, keepdims=True)  # brightness, which area moves, taken out
    of_class = np.array([hue[records[:, 0] == k].mean(axis=0) for k in range(10)])
    assert of_class.std(axis=0).max() < 0.1 * hue.std(axis=0).min()


def test_a_class_is_told_by_its_figure() -> None:
    """The mean image of a class shows its figure: a ring is darker in the middle than a disc."""
    records = draw(5120, "train")
    mean = [images(records)[records[:, 0] == k].mean(axis=(0, 1)) for k in range(10)]
    disc, ring = mean[Shapes.classes.index("disc")], mean[Shapes.classes.index("ring")]
    middle = np.s_[14:18, 14:18]
    assert disc[middle].mean() > ring[middle].mean() + 10


def test_all_are_drawn_in_well_under_a_second() -> None:
    began = time.process_time()
    draw(5120, "train")
    assert time.process_time() - began < 2  # 0.55 s on a quiet core


def test_they_are_kept_and_mapped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = finish(Shapes().load(lambda: None))
    assert first.count == 5120
    assert isinstance(first.parts[0], np.memmap)
    monkeypatch.setattr("core.training.data.shapes.draw", pytest.fail)
    again = finish(Shapes().load(lambda: None))
    assert np.array_equal(again.parts[0][:9], first.parts[0][:9])


def test_a_torn_file_is_made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    records = draw(20, "train")
    path = store.folder() / "few.npy"
    whole = Path(store.keep("few", lambda: records).filename).read_bytes()  # type: ignore[attr-defined]
    for torn in (whole[:5000], whole[:50], b""):
        path.unlink()
        path.write_bytes(torn)
        assert np.array_equal(store.keep("few", lambda: records), records)
    assert [each.name for each in store.folder().iterdir()] == ["few.npy"]


@pytest.mark.skipif(sys.platform == "win32", reason="a file as a parent folder is a POSIX error")
def test_where_nothing_can_be_written_they_stay_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    records = store.keep("few", lambda: draw(20, "train"))
    assert not isinstance(records, np.memmap)
    assert records.shape == (20, 3073)
    assert os.listdir(tmp_path) == ["file"]
