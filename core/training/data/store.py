"""Files that can be made again: the folder of data sets in the user's cache, and who may write."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from core.cache import user_cache
from core.training.data.base import RECORD, Check, Records

VARIABLE = "THALWEG_DATA"  # the environment variable that names a folder with data sets
_POLL = 0.1  # seconds between two looks at a lock that another process holds


def folder() -> Path:
    """Name the folder of the data sets; it may not exist yet."""
    return user_cache() / "data"


def given() -> Path | None:
    """Give the folder that the user has named for data sets."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


def keep(name: str, make: Callable[[], Records], width: int = RECORD) -> Records:
    """Map the kept records of this name; make and keep them first where there are none.

    `width` is the bytes of a record.
    A file that is torn or of another shape is made anew. Where nothing can be written the records
    stay in memory.
    """
    path = folder() / f"{name}.npy"
    kept = _mapped(path, width)
    if kept is not None:
        return kept
    records = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=name, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, records, allow_pickle=False)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError:
        return records
    mapped = _mapped(path, width)
    return records if mapped is None else mapped


def _mapped(path: Path, width: int) -> Records | None:
    try:
        records: Records = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if records.ndim == 2 and records.shape[1] == width and records.dtype == np.uint8:
        return records
    return None


@contextmanager
def exclusive(path: Path, check: Check) -> Iterator[None]:
    """Hold the lock file `path`: of several workers that want the same download, one fetches it.

    The system releases the lock when its holder dies, however it dies.
    """
    with path.open("a+b") as file:
        while not _locked(file.fileno()):
            check()
            time.sleep(_POLL)
        yield


if sys.platform == "win32":
    import msvcrt

    def _locked(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
