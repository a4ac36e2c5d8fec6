"""An ensemble of seeds, laid out for a browser and spelt out for a program."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.descent import Ensemble
from server.blocks import Blocks
from server.thinning import stride, thin

POINTS = 60_000
"""Most points of single runs in one message, all optimizers together: beyond it they are thinned
further than the quantiles are, and say by how much."""


def packed(found: Ensemble, optimizers: int, blocks: Blocks) -> dict[str, Any]:
    """Lay an ensemble out: quantiles as rows of a trajectory's columns, single runs as x and y."""
    every = stride(len(found.median))
    room = max(2, POINTS // optimizers // len(found.runs))
    sparse = stride(max(map(len, found.runs)), room)
    paths = [thin(rows[:, :2], sparse) for rows in found.runs]
    entry: dict[str, Any] = {
        "seeds": len(found.seeds),
        "endings": _endings(found),
        "rows": len(thin(found.median, every)),
        "stride": every,
        "last_step": len(found.median) - 1,
        "low": blocks.add(thin(found.low, every)),
        "median": blocks.add(thin(found.median, every)),
        "high": blocks.add(thin(found.high, every)),
        "measure": None,
        "paths": {
            "stride": sparse,
            "last_steps": [len(rows) - 1 for rows in found.runs],
            "rows": [len(path) for path in paths],
            "offset": blocks.add(np.concatenate(paths)),
        },
    }
    if found.measure is not None:
        kept = thin(found.measure, every)
        low, median, high = (blocks.add(kept[:, column]) for column in range(3))
        entry["measure"] = {"low": low, "median": median, "high": high}
    return entry


def complete(found: Ensemble) -> dict[str, Any]:
    """Spell an ensemble out: every ending, and the quantiles at every step."""
    return {
        "seeds": list(found.seeds),
        "endings": [
            {"reason": each.reason, "step": each.step, "message": each.message}
            for each in found.endings
        ],
        "tally": _endings(found),
        **{
            name: {
                "path": np.ascontiguousarray(rows[:, :2]),
                "values": np.ascontiguousarray(rows[:, 2]),
                "gradient_norms": np.ascontiguousarray(rows[:, 3]),
                "evaluations": np.ascontiguousarray(rows[:, 4:]),
                "measure": _column(found.measure, column),
            }
            for column, (name, rows) in enumerate(
                (("low", found.low), ("median", found.median), ("high", found.high))
            )
        },
    }


def _endings(found: Ensemble) -> list[dict[str, Any]]:
    """Count the endings, the most frequent first; `step` is the median of their steps."""
    return [
        {"reason": reason, "count": count, "step": step} for reason, count, step in found.tally()
    ]


def _column(table: NDArray[np.float64] | None, column: int) -> NDArray[np.float64] | None:
    return None if table is None else np.ascontiguousarray(table[:, column])
