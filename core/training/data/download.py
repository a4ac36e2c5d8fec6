"""Fetch one file over HTTP: with progress, from where an earlier try broke off, by its checksum."""

import hashlib
import http.client
import os
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from core.refusal import Refusal
from core.training.data.base import Check, Event

_CHUNK = 1 << 18  # bytes read at once
_BETWEEN = 0.2  # seconds between two progress events
_TIMEOUT = 30  # seconds of silence that end a try


@dataclass(frozen=True, slots=True)
class Archive:
    """A file with one true content."""

    url: str
    sha256: str
    bytes: int

    @property
    def name(self) -> str:
        """Give the file's own name."""
        return PurePosixPath(urlsplit(self.url).path).name


def fetch_all(
    archives: tuple[Archive, ...], folder: Path, check: Check
) -> Generator[Event, None, None]:
    """Fetch what the folder has not yet, told as one download of all together."""
    total = sum(each.bytes for each in archives)
    before = 0
    for each in archives:
        if not (folder / each.name).exists():
            for event in fetch(each, folder / each.name, check):
                yield {**event, "received": before + event["received"], "total": total}
        before += each.bytes


def fetch(archive: Archive, target: Path, check: Check) -> Generator[Event, None, None]:
    """Fetch the archive into `target`, yielding {"type": "download", "received", "total"} in bytes.

    What arrived stays beside the target as `.part` until all is there and the checksum is right;
    then it takes the target's name at once. Raises Refusal when the network or the content fails.
    """
    part = target.with_name(target.name + ".part")
    try:
        yield from _receive(archive, part, check)
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, HTTPError):
            error.close()
        have = part.stat().st_size if part.exists() else 0
        raise Refusal(
            f"The download of {archive.name} from {urlsplit(archive.url).hostname} broke off "
            f"after {_of(have, archive.bytes)} ({_reason(error)}). "
            "Start again to go on from there."
        ) from error
    found = _sha256(part, check)
    if found != archive.sha256:
        part.unlink()
        raise Refusal(
            f"Expected a file with the SHA-256 {archive.sha256[:12]}… from {archive.url}, got "
            f"{found[:12]}…: it was damaged on the way and has been removed. Start again."
        )
    os.replace(part, target)


def _receive(archive: Archive, part: Path, check: Check) -> Generator[Event, None, None]:
    have = part.stat().st_size if part.exists() else 0
    if have > archive.bytes:
        part.unlink()
        have = 0
    if have == archive.bytes:
        return
    request = Request(archive.url, headers={"Range": f"bytes={have}-"} if have else {})
    with urlopen(request, timeout=_TIMEOUT) as answer:
        if answer.status != 206:  # the server sends the whole file whatever was asked for
            have = 0
        reported = 0.0
        with part.open("ab" if have else "wb") as file:
            while chunk := answer.read(_CHUNK):
                check()
                file.write(chunk)
                have += len(chunk)
                if have > archive.bytes:
                    break
                if time.monotonic() - reported >= _BETWEEN:
                    reported = time.monotonic()
                    yield {"type": "download", "received": have, "total": archive.bytes}
    if have < archive.bytes:
        raise http.client.IncompleteRead(b"", archive.bytes - have)
    yield {"type": "download", "received": have, "total": archive.bytes}


def _sha256(path: Path, check: Check) -> str:
    state = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 22):
            check()
            state.update(chunk)
    return state.hexdigest()


def _of(have: int, whole: int) -> str:
    size, unit = (1e6, "MB") if whole >= 1e6 else (1e3, "kB")
    return f"{have / size:.0f} of {whole / size:.0f} {unit}"


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        return f"the server answered {error.code} {error.reason}"
    if isinstance(error, http.client.IncompleteRead):
        return "the connection ended early"
    return str(getattr(error, "reason", error)) or type(error).__name__
