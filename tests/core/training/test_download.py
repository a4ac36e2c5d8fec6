"""The download, against a server in this process that hands out a small archive."""

import io
import socket
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.refusal import Refusal
from core.training.control import Control, Interrupted
from core.training.data import store
from core.training.data.cifar10 import Cifar10
from core.training.data.download import Archive, fetch
from tests.core.training.helpers import fake_records, finish
from tests.core.training.serving import Server, serving


def archive_bytes() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for batch in (1, 2):
            add(tar, f"cifar-10-batches-bin/data_batch_{batch}.bin", fake_records(300).tobytes())
        add(tar, "cifar-10-batches-bin/readme.html", b"<html>")
        add(tar, "../../data_batch_5.bin/../escaped.bin", b"outside")
        link = tarfile.TarInfo("cifar-10-batches-bin/data_batch_3.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return buffer.getvalue()


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


NAME = "cifar-10-binary.tar.gz"
CONTENT = archive_bytes()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({NAME: CONTENT}) as state:
        yield state


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "archive.tar.gz"


def test_progress_ends_with_all_and_the_content_is_the_archive(
    server: Server, target: Path
) -> None:
    events = list(fetch(server.archive(NAME), target, lambda: None))
    assert {event["type"] for event in events} == {"download"}
    received = [event["received"] for event in events]
    assert received == sorted(received)
    assert events[-1] == {"type": "download", "received": len(CONTENT), "total": len(CONTENT)}
    assert target.read_bytes() == CONTENT
    assert [each.name for each in target.parent.iterdir()] == [target.name]


def test_a_broken_download_goes_on_where_it_ended(server: Server, target: Path) -> None:
    server.cut = 70_000
    with pytest.raises(Refusal, match="Start again to go on from there"):
        list(fetch(server.archive(NAME), target, lambda: None))
    assert not target.exists()
    part = target.with_name(target.name + ".part")
    have = part.stat().st_size
    assert 0 < have <= 70_000
    list(fetch(server.archive(NAME), target, lambda: None))
    assert server.ranges == [None, f"bytes={have}-"]
    assert target.read_bytes() == CONTENT


def test_a_server_without_ranges_starts_over(server: Server, target: Path) -> None:
    server.ranged = False
    target.with_name(target.name + ".part").write_bytes(CONTENT[:1000])
    list(fetch(server.archive(NAME), target, lambda: None))
    assert target.read_bytes() == CONTENT


def test_a_complete_part_is_not_fetched_again(server: Server, target: Path) -> None:
    target.with_name(target.name + ".part").write_bytes(CONTENT)
    list(fetch(server.archive(NAME), target, lambda: None))
    assert server.ranges == []


def test_wrong_content_is_removed_and_said(server: Server, target: Path) -> None:
    wrong = replace(server.archive(NAME), sha256="0" * 64)
    with pytest.raises(Refusal, match="Expected a file with the SHA-256 000000000000…"):
        list(fetch(wrong, target, lambda: None))
    assert list(target.parent.iterdir()) == []


def test_a_stop_ends_it_and_keeps_what_arrived(server: Server, target: Path) -> None:
    control = Control()
    control.stop()
    with pytest.raises(Interrupted):
        list(fetch(server.archive(NAME), target, control.check_stop))
    assert not target.exists()


def test_the_archive_is_unpacked_into_the_cache_once(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    images = finish(Cifar10(server.archive(NAME)).load(lambda: None))
    assert images.count == 600
    folder = store.folder() / "cifar-10-batches-bin"
    assert sorted(each.name for each in folder.iterdir()) == [
        "data_batch_1.bin",
        "data_batch_2.bin",
    ]
    assert not list(tmp_path.rglob("escaped.bin"))
    assert not list(tmp_path.rglob("*.gz"))
    finish(Cifar10(server.archive(NAME)).load(lambda: None))
    assert len(server.ranges) == 1


def test_of_two_workers_one_downloads_and_the_other_waits(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    counts: list[int] = []

    def load() -> None:
        counts.append(finish(Cifar10(server.archive(NAME)).load(lambda: None)).count)

    threads = [threading.Thread(target=load) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [600, 600, 600]
    assert len(server.ranges) == 1


@pytest.mark.parametrize("status", [404, 503])
def test_a_refusing_server_is_named_with_the_way_out(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    server.status = status
    with pytest.raises(Refusal, match=f"the server answered {status}.*THALWEG_DATA") as refused:
        finish(Cifar10(server.archive(NAME)).load(lambda: None))
    assert refused.value.field == "dataset"


def test_without_a_network_the_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with socket.socket() as free:  # bound but not listening: a connection is refused
        free.bind(("127.0.0.1", 0))
        archive = Archive(f"http://127.0.0.1:{free.getsockname()[1]}/a.tar.gz", "0" * 64, 1000)
        with pytest.raises(Refusal, match=r"127\.0\.0\.1 broke off after 0 of 1 kB.*THALWEG_DATA"):
            finish(Cifar10(archive).load(lambda: None))
