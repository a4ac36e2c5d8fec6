"""Which rows of a long path travel: every so-many-th, and always the last."""

import numpy as np
from numpy.typing import NDArray

ROWS = 2048
"""Most rows of one trajectory on the wire: a longer one is thinned, and says by how much."""


def stride(count: int, most: int = ROWS) -> int:
    """Find the least stride with which `thin` keeps at most so many of `count` rows."""
    return 1 if count <= most else -(-(count - 1) // (most - 1))


def thin(rows: NDArray[np.float64], every: int) -> NDArray[np.float64]:
    """Take every so-many-th row, (n, k) -> (m, k), and the last row always."""
    if every == 1:
        return rows
    kept = rows[::every]
    if (len(rows) - 1) % every:
        kept = np.concatenate((kept, rows[-1:]))
    return kept
