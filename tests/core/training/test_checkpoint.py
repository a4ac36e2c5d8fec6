"""The checkpoint file: what goes in comes out, a torn one is refused, and nothing in it is code."""

import math
import pickle
from pathlib import Path
from typing import Any

import pytest
import torch

from core.training import checkpoint
from core.training.checkpoint import Unreadable, read, write

CPU = torch.device("cpu")


def test_plain_data_and_tensors_come_back_as_they_were(tmp_path: Path) -> None:
    image = torch.randn(4, 3, 5, 5).to(memory_format=torch.channels_last)
    state: dict[str, Any] = {
        "counts": [1, 2.5, None, True, "word"],
        "pair": (torch.zeros(()), [torch.arange(3)]),
        "far": [math.inf, -math.inf],
        "exact": 0.1 + 0.2,
        "image": image,
        "flags": torch.tensor([True, False]),
        "empty": {},
    }
    write(tmp_path / "deep" / "a.safetensors", state)
    back = read(tmp_path / "deep" / "a.safetensors", CPU)
    assert back["counts"] == state["counts"]
    assert isinstance(back["counts"][3], bool)
    assert isinstance(back["pair"], tuple)
    assert back["pair"][0].shape == ()
    assert back["pair"][1][0].dtype == torch.int64
    assert back["far"] == state["far"]
    assert back["exact"] == state["exact"]
    assert torch.equal(back["image"], image)
    assert back["image"].stride() == image.stride() != image.contiguous().stride()
    assert back["flags"].tolist() == [True, False]
    assert back["empty"] == {}


def test_a_number_that_is_none_comes_back_as_none(tmp_path: Path) -> None:
    write(tmp_path / "a", {"x": math.nan})
    assert math.isnan(read(tmp_path / "a", CPU)["x"])


def test_what_is_neither_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="expected plain data and tensors, got a set"):
        write(tmp_path / "a", {"x": {1, 2}})
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write(path, {"x": 1})

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(path, {"x": 2})
    assert read(path, CPU) == {"x": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_every_torn_file_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write(whole, {"x": torch.arange(8), "y": [1, 2, 3]})
    text = whole.read_bytes()
    torn = tmp_path / "torn"
    for length in range(len(text)):
        torn.write_bytes(text[:length])
        with pytest.raises(Unreadable, match="torn cannot be read"):
            read(torn, CPU)
    with pytest.raises(Unreadable, match="absent cannot be read"):
        read(tmp_path / "absent", CPU)


def test_another_format_and_a_pickle_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "sprung",))

    for name, text in {"pickle": pickle.dumps(Trap()), "torch": b""}.items():
        (tmp_path / name).write_bytes(text)
        with pytest.raises(Unreadable):
            read(tmp_path / name, CPU)
    torch.save({"x": Trap()}, tmp_path / "saved")
    with pytest.raises(Unreadable):
        read(tmp_path / "saved", CPU)
    assert not (tmp_path / "sprung").exists()
    monkeypatch.setattr(checkpoint, "FORMAT", "0")
    write(tmp_path / "older", {})
    monkeypatch.undo()
    with pytest.raises(Unreadable, match="expected format 1, got 0"):
        read(tmp_path / "older", CPU)
