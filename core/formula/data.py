"""The rows of data that a finite sum runs over.

A finite sum is f = 1/n Σ term(x, y, parameters, row): the formula is that of one term, in which
the columns of the data stand beside the parameters.
"""

from dataclasses import dataclass
from math import isfinite

from core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Data:
    """`rows` hold one number for each of `columns`; they never change, so they may be hashed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        """Refuse what native code could not walk through."""
        wanted = len(self.columns)
        if not self.rows or not wanted:
            raise Refusal(
                f"Expected rows and columns of data, got {len(self.rows)} rows of {wanted} "
                "columns. Give at least one of each."
            )
        for at, row in enumerate(self.rows):
            if len(row) != wanted or not all(map(isfinite, row)):
                raise Refusal(
                    f"Expected {wanted} finite numbers in every row, got {row} in row {at}. "
                    "Give one for each column."
                )

    def column(self, name: str) -> tuple[float, ...]:
        """All numbers of one column, in the order of the rows."""
        at = self.columns.index(name)
        return tuple(row[at] for row in self.rows)

    @property
    def numbers(self) -> tuple[float, ...]:
        """The rows one after the other, as native code reads them; shape (n · columns,)."""
        return tuple(number for row in self.rows for number in row)
