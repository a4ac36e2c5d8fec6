"""The one module that hands pointers to machine code.

It makes every array that a pointer leads into, in the right shape and type, and holds the compiled
surface for as long as the call lasts. ctypes releases the interpreter's lock meanwhile, so that
several descents run at once on their own threads.
"""

from collections.abc import Callable, Sequence
from ctypes import CFUNCTYPE, c_double, c_int64, c_void_p

import numpy as np
from numba import types
from numpy.typing import NDArray

from core.descent.rule import Rule
from core.formula import Native
from core.optimizers.abi import COLUMNS, DOUBLES, REASON, Kernel, Reals, call_surface, stack
from core.optimizers.base import Optimizer

Floats = NDArray[np.float64]

_SURFACE = CFUNCTYPE(None, c_double, c_double, c_int64, c_void_p, c_void_p)
_RUN = CFUNCTYPE(
    c_int64, c_void_p, c_void_p, c_void_p, c_double, c_double, c_int64, c_void_p, c_void_p
)
_FILL = CFUNCTYPE(
    None, c_int64, c_void_p, c_double, c_double, c_double, c_double, c_int64, c_int64, c_void_p
)


def fill(
    surface: int,
    p: Reals,
    xlo: float,
    xhi: float,
    ylo: float,
    yhi: float,
    columns: int,
    rows: int,
    out: Reals,
) -> None:
    """Write f at the points of a grid, row by row, the row at y = ylo first."""
    o = stack(1)
    dx, dy = (xhi - xlo) / (columns - 1), (yhi - ylo) / (rows - 1)
    for row in range(rows):
        for column in range(columns):
            call_surface(surface, xlo + column * dx, ylo + row * dy, 0, p, o)
            out[row * columns + column] = o[0]


_f8, _i8 = types.float64, types.int64
GRID = Kernel(fill, types.void(_i8, DOUBLES, _f8, _f8, _f8, _f8, _i8, _i8, DOUBLES))


def run(
    native: Native,
    parameters: Sequence[float],
    optimizer: Optimizer,
    start: tuple[float, float],
    steps: int,
    rule: Rule,
) -> tuple[Floats, int]:
    """Run one optimizer; return its rows, shape (last + 1, 7), and the reason of its ending."""
    addresses, p = _surface(native, parameters)
    h = np.ascontiguousarray(optimizer.vector(), dtype=np.float64)
    numbers = rule.numbers()
    out = np.empty((steps + 1, COLUMNS))
    kernel = _RUN(type(optimizer).kernel.address)
    last = kernel(
        addresses.ctypes.data,
        p.ctypes.data,
        h.ctypes.data,
        *start,
        steps,
        numbers.ctypes.data,
        out.ctypes.data,
    )
    return out[: last + 1], int(numbers[REASON])


def evaluate(native: Native, parameters: Sequence[float], x: float, y: float) -> list[float]:
    """Evaluate f, ∂f/∂x, ∂f/∂y, ∂²f/∂x², ∂²f/∂x∂y and ∂²f/∂y² at one point."""
    addresses, p = _surface(native, parameters)
    o = np.empty(6)
    _SURFACE(int(addresses[2]))(x, y, 0, p.ctypes.data, o.ctypes.data)
    values: list[float] = o.tolist()
    return values


def grid(
    native: Native,
    parameters: Sequence[float],
    columns: int,
    rows: int,
    view: tuple[tuple[float, float], tuple[float, float]],
) -> Floats:
    """Evaluate f on a grid over the view, its ends included; shape (rows, columns)."""
    addresses, p = _surface(native, parameters)
    out = np.empty((rows, columns))
    call: Callable[..., None] = _FILL(GRID.address)
    call(int(addresses[0]), p.ctypes.data, *view[0], *view[1], columns, rows, out.ctypes.data)
    return out


def _surface(native: Native, parameters: Sequence[float]) -> tuple[NDArray[np.int64], Floats]:
    """Check the surface's addresses and parameters, and copy them to where pointers may lead."""
    addresses = np.array(native.addresses, dtype=np.int64)
    wanted = len(native.expression.parameters)
    if addresses.shape != (3,) or len(parameters) != wanted:
        raise ValueError(
            f"expected 3 addresses and {wanted} parameters, "
            f"got shape {addresses.shape} and {len(parameters)}"
        )
    return addresses, np.array([*parameters, 0.0])  # one slot more: never an empty array
