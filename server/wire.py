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
from server.inspection import described, found, table

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


class Blocks:
    """Arrays that will stand one after the other in a message's data."""

    def __init__(self) -> None:
        """Begin empty."""
        self._arrays: list[NDArray[np.float64]] = []
        self._size = 0

    def add(self, array: NDArray[np.float64]) -> int:
        """Append an array and return its offset, counted in numbers."""
        offset = self._size
        self._arrays.append(array)
        self._size += array.size
        return offset

    def data(self) -> NDArray[np.float32]:
        """Lay them out as float32; what float32 cannot hold is NaN."""
        data = np.empty(self._size, dtype="<f4")
        offset = 0
        with np.errstate(over="ignore", invalid="ignore"):
            for array in self._arrays:
                block = data[offset : offset + array.size]
                block.reshape(array.shape)[:] = array
                if not isfinite(float(block.sum())):  # one quick pass in the usual case
                    block[~np.isfinite(block)] = np.nan
                offset += array.size
        return data


def pack(sequence: int, request: Request, descent: Descent) -> bytes:
    """Lay a descent out as one message."""
    blocks = Blocks()
    header: dict[str, Any] = {
        "sequence": sequence,
        "columns": COLUMNS,
        **facts(descent),
        "trajectories": [_entry(each, blocks) for each in descent.trajectories],
        "seconds": descent.seconds,
    }
    if descent.grid is not None and request.grid is not None:
        rows, columns = descent.grid.shape
        x, y = request.grid.view
        offset = blocks.add(descent.grid)
        header["grid"] = {"offset": offset, "rows": rows, "columns": columns, "x": x, "y": y}
    if (seen := found(descent)) is not None:
        kept, _ = _thin(table(seen[1]))
        header["inspection"] = {**described(*seen), "offset": blocks.add(kept), "rows": len(kept)}
    text = encode(header)
    text += b" " * (-len(text) % 4)
    return b"".join((len(text).to_bytes(4, "little"), text, blocks.data().data))


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
            "variables": surface.variables,
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


def _entry(trajectory: Trajectory, blocks: Blocks) -> dict[str, Any]:
    x, y, value, norm, *evaluations = trajectory.rows[-1].tolist()
    rows, stride = _thin(trajectory.rows)
    return {
        "optimizer": trajectory.optimizer.name,
        "offset": blocks.add(rows),
        "rows": len(rows),
        "stride": stride,
        "last_step": len(trajectory.rows) - 1,
        "ending": ending(trajectory),
        "stability": stability(trajectory),
        "measure": None if trajectory.measure is None else blocks.add(_thin(trajectory.measure)[0]),
        "rates": None if trajectory.rates is None else blocks.add(_thin(trajectory.rates)[0]),
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
