"""MNIST and Fashion-MNIST from IDX files that the tests write: a folder, a download, a damage."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.refusal import Refusal
from core.training import Job
from core.training.data import idx, store
from core.training.data.base import gather
from core.training.data.mnist import TEST, TRAIN, FashionMnist, Idx, Mnist
from tests.core.training.helpers import REAL, finish
from tests.core.training.serving import Server, serving

needs_real_mnist = pytest.mark.skipif(
    not (REAL / "mnist" / TRAIN[0]).exists(),
    reason="MNIST is not here: name a folder with mnist in THALWEG_TEST_DATA",
)


def packed(values: np.ndarray, kind: int = 8) -> bytes:
    head = bytes([0, 0, kind, values.ndim]) + b"".join(n.to_bytes(4) for n in values.shape)
    return gzip.compress(head + values.tobytes(), mtime=0)


def pictures(count: int, seed: int) -> np.ndarray:
    shape = (count, 28, 28)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def files(train: int = 40, test: int = 20) -> dict[str, bytes]:
    found = {}
    for (images, labels), count in ((TRAIN, train), (TEST, test)):
        found[images] = packed(pictures(count, count))
        found[labels] = packed((np.arange(count) % 10).astype(np.uint8))
    return found


def write(folder: Path, contents: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Name an empty folder as the user's own, with an empty cache beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("THALWEG_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(files()) as state:
        yield state


def local(kind: type[Idx], server: Server) -> Idx:
    return kind(tuple(server.archive(name) for name in (*TRAIN, *TEST)))


def test_an_image_gets_a_black_frame_and_three_equal_colours(own: Path) -> None:
    write(own / "mnist", files())
    images = finish(Mnist().load(lambda: None))
    pixels, labels = images.take(np.array([3, 17, 39]))
    assert (images.count, labels.tolist()) == (40, [3, 7, 9])
    assert (pixels.shape, pixels.dtype) == ((3, 32, 32, 3), np.uint8)
    for colour in range(3):
        assert np.array_equal(pixels[:, 2:30, 2:30, colour], pictures(40, 40)[[3, 17, 39]])
    frame = np.ones((32, 32), bool)
    frame[2:30, 2:30] = False
    assert not pixels[:, frame].any()


def test_the_test_split_is_kept_apart(own: Path) -> None:
    write(own / "mnist", files())
    images = finish(Mnist().load(lambda: None))
    pixels, labels = gather(images.test, np.arange(20))
    assert np.array_equal(pixels[:, 2:30, 2:30, 0], pictures(20, 20))
    assert labels.tolist() == [*range(10), *range(10)]


def test_without_the_test_files_a_folder_will_do(own: Path) -> None:
    write(own / "mnist", {name: files()[name] for name in TRAIN})
    assert Mnist().available()
    assert finish(Mnist().load(lambda: None)).test == ()


@pytest.mark.parametrize("place", ["mnist", "MNIST/raw", "."])
def test_ours_and_torchvisions_folders_are_found(
    monkeypatch: pytest.MonkeyPatch, own: Path, place: str
) -> None:
    write(own / "mnist" if place == "." else own / place, files())
    if place == ".":
        monkeypatch.setenv("THALWEG_DATA", str(own / "mnist"))
    assert Mnist().available()
    assert not FashionMnist().available()  # whose files have the same names
    assert finish(Mnist().load(lambda: None)).count == 40


def test_they_are_unpacked_once_and_anew_when_the_files_change(own: Path) -> None:
    write(own / "mnist", files())
    finish(Mnist().load(lambda: None))
    kept = sorted(store.folder().glob("mnist-*.npy"))
    times = [each.stat().st_mtime_ns for each in kept]
    assert len(kept) == 2
    finish(Mnist().load(lambda: None))
    assert [each.stat().st_mtime_ns for each in kept] == times
    write(own / "mnist", files(train=50))
    assert finish(Mnist().load(lambda: None)).count == 50


def test_it_offers_what_the_present_files_leave_for_training(own: Path) -> None:
    assert Mnist().trainable() == 58_000
    write(own / "mnist", files(train=2_600))
    assert (Mnist().total(), Mnist().trainable(), Mnist().trainable(100)) == (2_600, 600, 2_500)
    with pytest.raises(Refusal, match="at most 600 training images"):
        Job.read({"dataset": "mnist", "train_size": 601})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (TRAIN[0], b"no gzip at all", "a whole gzip file"),
        (TRAIN[0], files()[TRAIN[0]][:200], "a whole gzip file"),
        (TRAIN[0], packed(pictures(40, 40), kind=9), "an IDX file of unsigned bytes"),
        (TRAIN[0], gzip.compress(b"", mtime=0), "an IDX file of unsigned bytes"),
        (TRAIN[0], gzip.compress(gzip.decompress(files()[TRAIN[0]])[:-9]), "31,360 bytes after"),
        (TRAIN[0], gzip.compress(gzip.decompress(files()[TRAIN[0]]) + b"x"), "got more"),
        (TRAIN[0], packed(pictures(40, 40)[:, :14]), "got 40 × 14 × 28"),
        (TRAIN[1], packed(np.zeros(39, np.uint8)), "one label for each of 40 images"),
        (TRAIN[1], packed(np.full(40, 10, np.uint8)), "labels 0 to 9"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_damaged_file_is_refused_by_name(
    own: Path, name: str, content: bytes, words: str
) -> None:
    write(own / "mnist", {**files(), name: content})
    with pytest.raises(Refusal, match=words) as refused:
        finish(Mnist().load(lambda: None))
    assert name in refused.value.sentence
    assert refused.value.field == "dataset"


@pytest.mark.parametrize("kind", [Mnist, FashionMnist])
def test_four_files_are_one_download_and_come_once(
    own: Path, server: Server, kind: type[Idx]
) -> None:
    one = local(kind, server)
    assert not one.available()
    told = list(one.load(lambda: None))
    total = sum(len(content) for content in server.contents.values())
    assert {event["total"] for event in told} == {total}
    received = [event["received"] for event in told]
    assert received == sorted(received)
    assert received[-1] == total
    assert server.asked == [*TRAIN, *TEST]
    assert one.available()
    images = finish(one.load(lambda: None))
    assert (images.count, len(images.test[0]), len(server.asked)) == (40, 20, 4)


def test_a_broken_download_goes_on_with_the_file_that_broke(own: Path, server: Server) -> None:
    server.cut = 9_000
    with pytest.raises(Refusal, match=r"train-images.*broke off.*THALWEG_DATA") as refused:
        finish(local(Mnist, server).load(lambda: None))
    assert refused.value.field == "dataset"
    assert not local(Mnist, server).available()
    part = store.folder() / "mnist" / f"{TRAIN[0]}.part"
    have = part.stat().st_size
    assert 0 < have <= 9_000
    assert finish(local(Mnist, server).load(lambda: None)).count == 40
    assert server.ranges == [None, f"bytes={have}-", None, None, None]


def test_a_file_with_another_checksum_is_not_kept(own: Path, server: Server) -> None:
    good = local(Mnist, server)
    server.contents[TEST[1]] = packed(np.ones(20, np.uint8))
    assert len(server.contents[TEST[1]]) <= good.archives[3].bytes
    with pytest.raises(Refusal):
        finish(good.load(lambda: None))
    assert not good.available()
    assert not (store.folder() / "mnist" / TEST[1]).exists()


@pytest.mark.parametrize("status", [403, 503])
def test_a_refusing_server_is_named_with_the_way_out(
    own: Path, server: Server, status: int
) -> None:
    server.status = status
    with pytest.raises(Refusal, match=f"the server answered {status}.*folder mnist.*THALWEG_DATA"):
        finish(local(Mnist, server).load(lambda: None))


@pytest.mark.parametrize("kind", [Mnist, FashionMnist])
def test_the_official_files_are_declared_with_length_and_checksum(kind: type[Idx]) -> None:
    archives = kind().archives
    assert [each.name for each in archives] == [*TRAIN, *TEST]
    assert len({each.sha256 for each in archives}) == 4
    assert {len(each.sha256) for each in archives} == {64}
    images, labels, _, _ = archives
    # Sixty thousand labels of ten kinds take at least log2(10) bits each; images take more.
    assert images.bytes > labels.bytes > 60_000 * np.log2(10) / 8


def test_without_files_it_says_that_it_will_download(own: Path) -> None:
    assert "12 MB" in Mnist().sentence()
    assert "31 MB" in FashionMnist().sentence()


def test_a_count_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "torn.gz").write_bytes(files()[TRAIN[0]][:12])
    assert idx.count(tmp_path / "torn.gz") == 0
    assert idx.count(tmp_path / "missing.gz") == 0


@needs_real_mnist
def test_the_real_digits_have_the_published_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THALWEG_DATA", str(REAL))
    images = finish(Mnist().load(lambda: None))
    assert (images.count, len(images.test[0])) == (60_000, 10_000)
    pixels, labels = images.take(np.arange(0, 60_000, 12))
    inside = pixels[:, 2:30, 2:30] / 255
    assert np.isclose(inside.mean(), Mnist.mean[0], atol=0.003)
    assert np.isclose(inside.std(), Mnist.std[0], atol=0.003)
    # The test split's class counts, as published with the data set.
    _, tested = gather(images.test, np.arange(10_000))
    published = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert np.bincount(tested).tolist() == published
    assert np.bincount(labels).min() > 400
