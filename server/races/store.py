"""The SQLite file behind the log: tables, transactions, nothing of who reads them.

All calls come from one thread. There is one connection in one process: SQLite before 3.51.3 can
damage a write-ahead log that two connections checkpoint at once (sqlite.org/wal.html#walresetbug).
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS races (
    id TEXT PRIMARY KEY, created REAL NOT NULL, state TEXT NOT NULL, request TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    race TEXT NOT NULL REFERENCES races (id), seq INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (race, seq)
) WITHOUT ROWID;
"""

FINAL = frozenset({"finished", "stopped", "failed", "interrupted"})


@dataclass(frozen=True, slots=True)
class Record:
    """A race as the log knows it: `created` in seconds since 1970, `request` as JSON text.

    `number` counts this log's races from 1: people say "race 12", links say the id.
    """

    id: str
    created: float
    state: str
    request: str
    number: int

    @property
    def final(self) -> bool:
        """Whether no event will follow."""
        return self.state in FINAL


class Store:
    """The open database."""

    def __init__(self, path: Path):
        """Open or create the file."""
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # NORMAL: a crash of the process loses nothing; a power cut may lose the last moments, and
        # what remains is always a clean prefix.
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "mmap_size=0"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(SCHEMA)

    def create(self, race: str, request: str, first_event: str) -> Record:
        """Enter a race as queued, together with its event of seq 1."""
        row = (race, time.time(), "queued", request)
        with self._transaction():
            number = self._db.execute("INSERT INTO races VALUES (?, ?, ?, ?)", row).lastrowid
            self._db.execute("INSERT INTO events VALUES (?, 1, ?)", (race, first_event))
        return Record(*row, number or 0)

    def keep(self, race: str, created: float, request: str, events: Sequence[str]) -> Record:
        """Enter a race that is finished, with all its events."""
        row = (race, created, "finished", request)
        with self._transaction():
            number = self._db.execute("INSERT INTO races VALUES (?, ?, ?, ?)", row).lastrowid
            rows = [(race, seq, text) for seq, text in enumerate(events, 1)]
            self._db.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
        return Record(*row, number or 0)

    def append(self, race: str, first: int, events: Sequence[str], state: str | None) -> None:
        """Add events from seq `first` on, and the state they lead to, in one transaction."""
        with self._transaction():
            rows = [(race, first + i, text) for i, text in enumerate(events)]
            self._db.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
            if state is not None:
                self._db.execute("UPDATE races SET state = ? WHERE id = ?", (state, race))

    def events(self, race: str, after: int, limit: int) -> list[str]:
        """Read up to `limit` events whose seq is greater than `after`, in order."""
        query = "SELECT json FROM events WHERE race = ? AND seq > ? ORDER BY seq LIMIT ?"
        return [text for (text,) in self._db.execute(query, (race, after, limit))]

    def last(self, race: str) -> int:
        """Return the greatest seq of a race; 0 without events."""
        query = "SELECT COALESCE(MAX(seq), 0) FROM events WHERE race = ?"
        return int(self._db.execute(query, (race,)).fetchone()[0])

    def race(self, race: str) -> Record | None:
        """Look a race up."""
        row = self._db.execute("SELECT *, rowid FROM races WHERE id = ?", (race,)).fetchone()
        return Record(*row) if row else None

    def races(self, limit: int) -> list[Record]:
        """List the newest races, newest first."""
        query = "SELECT *, rowid FROM races ORDER BY created DESC, rowid DESC LIMIT ?"
        return [Record(*row) for row in self._db.execute(query, (limit,))]

    def unfinished(self) -> list[Record]:
        """List races that have no final state."""
        marks = ", ".join("?" * len(FINAL))
        query = f"SELECT *, rowid FROM races WHERE state NOT IN ({marks}) ORDER BY created"
        return [Record(*row) for row in self._db.execute(query, sorted(FINAL))]

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        self._db.close()

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._db)


class _Transaction:
    """BEGIN, then COMMIT, or ROLLBACK when the block raises."""

    def __init__(self, db: sqlite3.Connection):
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")
