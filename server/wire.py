"""A descent as one binary message: a JSON header, then float32 arrays.

    uint32 little-endian N | header, N bytes of UTF-8 padded with spaces | float32 little-endian

After a trajectory's rows comes, where a schedule changes its learning rate, one rate per row, at
the offset that its entry calls `rates`; where more seeds run, what server/ensembles.py adds.
4 + N is a multiple of 4, so that a browser can lay a Float32Array over the rest. Numbers that
are not finite, or that no float32 holds, are NaN in the arrays and null in the header.
"""

from typing import Any

import numpy as np

from core.descent import Descent, Request, Trajectory
from core.optimizers import Stability
from server.answers import encode
from server.blocks import Blocks
from server.ensembles import packed
from server.inspection import described, found, table
from server.thinning import stride, thin

COLUMNS = (
    "x",
    "y",
    "value",
    "gradient_norm",
    "function_evaluations",
    "gradient_evaluations",
    "hessian_evaluations",
)
LARGEST = float(np.finfo(np.float32).max)


def pack(sequence: int, request: Request, descent: Descent) -> bytes:
    """Lay a descent out as one message."""
    blocks = Blocks()
    header: dict[str, Any] = {
        "sequence": sequence,
        "columns": COLUMNS,
        **facts(descent),
        "trajectories": [
            _entry(each, len(descent.trajectories), blocks) for each in descent.trajectories
        ],
        "seconds": descent.seconds,
    }
    if descent.grid is not None and request.grid is not None:
        rows, columns = descent.grid.shape
        x, y = request.grid.view
        offset = blocks.add(descent.grid)
        header["grid"] = {"offset": offset, "rows": rows, "columns": columns, "x": x, "y": y}
    if (seen := found(descent)) is not None:
        whole = table(seen[1])
        kept = thin(whole, stride(len(whole)))
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


def theory(trajectory: Trajectory) -> dict[str, Any]:
    """Spell out limits of stability, and the rates on a quadratic; None where there are none."""
    known = trajectory.quadratic
    return {
        "stability": _limit(trajectory.stability),
        "at_minimum": _limit(trajectory.at_minimum),
        "quadratic": known
        and {
            "curvatures": [number(each) for each in known.curvatures],
            "contractions": [number(each) for each in known.contractions],
            "optimum": known.optimum,
            "best": known.best,
        },
    }


def _limit(known: Stability | None) -> dict[str, Any] | None:
    return None if known is None else {"limit": number(known.limit), "label": known.label}


def stops(trajectory: Trajectory) -> dict[str, Any] | None:
    """Spell out where each stopping rule would have ended a trajectory; None: nobody asked."""
    if trajectory.stops is None:
        return None
    return {
        rule: found and {"step": found.step, "value": number(found.value)}
        for rule, found in trajectory.stops.items()
    }


def number(value: float | None) -> float | None:
    """Return a value that a float32 can hold; None for all others."""
    return value if value is not None and abs(value) <= LARGEST else None


def _entry(trajectory: Trajectory, optimizers: int, blocks: Blocks) -> dict[str, Any]:
    x, y, value, norm, *evaluations = trajectory.rows[-1].tolist()
    every = stride(len(trajectory.rows))
    rows = thin(trajectory.rows, every)
    measure, rates, many = trajectory.measure, trajectory.rates, trajectory.ensemble
    return {
        "optimizer": trajectory.optimizer.name,
        "offset": blocks.add(rows),
        "rows": len(rows),
        "stride": every,
        "last_step": len(trajectory.rows) - 1,
        "ending": ending(trajectory),
        **theory(trajectory),
        "stops": stops(trajectory),
        "measure": None if measure is None else blocks.add(thin(measure, every)),
        "rates": None if rates is None else blocks.add(thin(rates, every)),
        "ensemble": None if many is None else packed(many, optimizers, blocks),
        "final": {
            "x": number(x),
            "y": number(y),
            "value": number(value),
            "gradient_norm": number(norm),
            "evaluations": [int(count) for count in evaluations],
        },
    }
