"""One server per data folder: a lock that the system lets go of when its process ends."""

import os
import sys
from pathlib import Path
from typing import IO

from core.refusal import Refusal

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds the folder from its making to `release`, or to the end of the process."""

    def __init__(self, folder: Path):
        """Take the lock; raises Refusal if another server has it or the folder is not writable."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = open(folder / "lock", "a+")  # noqa: SIM115
        except OSError as error:
            raise Refusal(
                f"Data folder: expected one that can be written, got {folder} "
                f"({error.strerror}); choose another with --data."
            ) from None
        try:
            _take(self._file)
        except OSError:
            self._file.seek(0)
            holder = self._file.read(40).strip() or "unknown"
            self._file.close()
            raise Refusal(
                f"Data folder: expected one of our own, got {folder}, which another Thalweg "
                f"(process {holder}) is writing; stop that one, or choose another with --data."
            ) from None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Let go; a second call does nothing."""
        self._file.close()
