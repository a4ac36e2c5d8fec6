"""A descent as one binary message: a JSON header, then float32 arrays.

    uint32 little-endian N | header, N bytes of UTF-8 padded with spaces | float32 little-endian

After a trajectory's rows comes, where a schedule changes its learning rate, one rate per row, at
the offset that its entry calls `rates`. 4 + N is a multiple of 4, so that a browser can lay a
Float32Array over the rest. Numbers that are not finite, or that no float32 holds, are NaN in the
arrays and null in the header.
"""

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.descent import Descent, Request, Trajectory
from server.answers import encode

COLUMNS = (
    "x",
    "y",
    "value",
    "gradient_norm",
    "function_evaluations",
    "gradient_evaluations",
    "hessian_evaluations",
)
ROWS = 2048
"""Most rows of one trajectory on the wire: a longer one is thinned, and says by how much."""

LARGEST = float(np.finfo(np.float32).max)


def pack(sequence: int, request: Request, descent: Descent) -> bytes:
    """Lay a descent out as one message."""
    thinned = [_thin(each.rows) for each in descent.trajectories]
    rates = [None if each.rates is None else _thin(each.rates)[0] for each in descent.trajectories]
    cells = 0 if descent.grid is None else descent.grid.size
    numbers = sum(rows.size for rows, _ in thinned) + sum(r.size for r in rates if r is not None)
    data = np.empty(numbers + cells, dtype="<f4")
    entries: list[dict[str, Any]] = []
    offset = 0
    with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite, and then NaN
        for trajectory, (rows, stride), rate in zip(
            descent.trajectories, thinned, rates, strict=True
        ):
            data[offset : offset + rows.size].reshape(rows.shape)[:] = rows
            entry = _entry(trajectory, offset, len(rows), stride)
            entries.append(entry)
            offset += rows.size
            if rate is not None:
                data[offset : offset + len(rate)] = rate
                entry["rates"] = offset
                offset += len(rate)
        if descent.grid is not None:
            data[offset:].reshape(descent.grid.shape)[:] = descent.grid
        if not isfinite(float(data.sum())):  # one quick pass in the usual case
            data[~np.isfinite(data)] = np.nan
    header: dict[str, Any] = {
        "sequence": sequence,
        "columns": COLUMNS,
        **facts(descent),
        "trajectories": entries,
        "seconds": descent.seconds,
    }
    if descent.grid is not None and request.grid is not None:
        rows_, columns = descent.grid.shape
        x, y = request.grid.view
        header["grid"] = {"offset": offset, "rows": rows_, "columns": columns, "x": x, "y": y}
    text = encode(header)
    text += b" " * (-len(text) % 4)
    return b"".join((len(text).to_bytes(4, "little"), text, data.data))


def facts(descent: Descent) -> dict[str, Any]:
    """Spell out what is known of the surface and of the start, the same in JSON and in headers."""
    surface, start = descent.surface, descent.start
    return {
        "surface": {
            "minimum": number(surface.minimum),
            "minima": surface.minima,
            "minima_values": [number(value) for value in surface.minima_values],
            "saddles": surface.saddles,
            "parameters": surface.parameters,
        },
        "start": {
            "value": number(start.value),
            "gradient": [number(part) for part in start.gradient],
            "eigenvalues": [number(part) for part in start.eigenvalues],
        },
    }


def ending(trajectory: Trajectory) -> dict[str, Any]:
    """Spell out how a trajectory ended."""
    end = trajectory.ending
    return {"reason": end.reason, "step": end.step, "message": end.message}


def stability(trajectory: Trajectory) -> dict[str, Any] | None:
    """Spell out the limit of stability, where there is one."""
    known = trajectory.stability
    return None if known is None else {"limit": number(known.limit), "label": known.label}


def number(value: float | None) -> float | None:
    """Return a value that a float32 can hold; None for all others."""
    return value if value is not None and abs(value) <= LARGEST else None


def _entry(trajectory: Trajectory, offset: int, rows: int, stride: int) -> dict[str, Any]:
    x, y, value, norm, *evaluations = trajectory.rows[-1].tolist()
    return {
        "optimizer": trajectory.optimizer.name,
        "offset": offset,
        "rows": rows,
        "stride": stride,
        "last_step": len(trajectory.rows) - 1,
        "ending": ending(trajectory),
        "stability": stability(trajectory),
        "rates": None,
        "final": {
            "x": number(x),
            "y": number(y),
            "value": number(value),
            "gradient_norm": number(norm),
            "evaluations": [int(count) for count in evaluations],
        },
    }


def _thin(rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Take every stride-th row, and the last row always; at most `ROWS` in all."""
    if len(rows) <= ROWS:
        return rows, 1
    stride = -(-(len(rows) - 1) // (ROWS - 1))
    kept = rows[::stride]
    if (len(rows) - 1) % stride:
        kept = np.concatenate((kept, rows[-1:]))
    return kept, stride
