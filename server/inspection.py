"""What explains one trajectory's steps, spelt out for the socket and for JSON."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.descent import Descent, Inspection
from core.descent.inspection import COLUMNS

# The step is sent rather than left to be taken from the rows: these may be thinned, and float32
# cannot tell late iterates apart.
SENT = (*COLUMNS, "dx", "dy", "fresh_x", "fresh_y")


def found(descent: Descent) -> tuple[int, Inspection] | None:
    """Find the trajectory that was inspected, and its index."""
    for index, trajectory in enumerate(descent.trajectories):
        if trajectory.inspection is not None:
            return index, trajectory.inspection
    return None


def table(inspection: Inspection) -> NDArray[np.float64]:
    """Lay gradient, Hessian, step and the part of it that its gradient brings; shape (n + 1, 9)."""
    return np.hstack((inspection.rows, inspection.steps, inspection.fresh))


def described(index: int, inspection: Inspection) -> dict[str, Any]:
    """Say what the numbers are; the limit is that at λmax = 1, and falls as λmax grows."""
    known = inspection.stability
    return {
        "trajectory": index,
        "columns": SENT,
        "stability": None if known is None else {"limit": known.limit, "label": known.label},
    }


def complete(index: int, inspection: Inspection) -> dict[str, Any]:
    """Spell out every row; what is not finite becomes null."""
    return {**described(index, inspection), "rows": table(inspection)}
