"""The one module that hands pointers to machine code.

It makes every array that a pointer leads into, in the right shape and type, and holds the compiled
surface for as long as the call lasts. ctypes releases the interpreter's lock meanwhile, so that
several descents run at once on their own threads.
"""

from collections.abc import Callable, Sequence
from ctypes import CFUNCTYPE, addressof, c_double, c_int64, c_void_p, cast
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from core.descent.rule import Rule
from core.formula import Native
from core.formula.sums import BATCH, SEED
from core.optimizers.abi import COLUMNS, DOUBLES, REASON, WHOLE, Kernel, Reals, call_surface, stack
from core.optimizers.base import Optimizer

Floats = NDArray[np.float64]
Box = tuple[tuple[float, float], tuple[float, float]]

DERIVATIVES = 5

_SURFACE = CFUNCTYPE(None, c_double, c_double, c_int64, c_void_p, c_void_p)
_RUN = CFUNCTYPE(
    c_int64, c_void_p, c_void_p, c_void_p, c_double, c_double, c_int64, c_void_p, c_void_p
)
_FILL = CFUNCTYPE(
    None, c_int64, c_void_p, c_double, c_double, c_double, c_double, c_int64, c_int64, c_void_p
)
_ALONG = CFUNCTYPE(None, c_int64, c_void_p, c_int64, c_void_p, c_void_p)


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
            call_surface(surface, xlo + column * dx, ylo + row * dy, WHOLE, p, o)
            out[row * columns + column] = o[0]


def differentiate(surface: int, p: Reals, rows: int, path: Reals, out: Reals) -> None:
    """Write ∂f/∂x, ∂f/∂y, ∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y² at each of a trajectory's rows."""
    o = stack(6)
    for row in range(rows):
        call_surface(surface, path[row * COLUMNS], path[row * COLUMNS + 1], WHOLE, p, o)
        for slot in range(DERIVATIVES):
            out[row * DERIVATIVES + slot] = o[slot + 1]


_f8, _i8 = types.float64, types.int64
GRID = Kernel(fill, types.void(_i8, DOUBLES, _f8, _f8, _f8, _f8, _i8, _i8, DOUBLES))
ALONG = Kernel(differentiate, types.void(_i8, DOUBLES, _i8, DOUBLES, DOUBLES))


class Ground:
    """A compiled surface with values for its parameters, laid out as kernels read it.

    It holds the machine code and the arrays that its pointers lead into; once made it never
    changes, so threads may share it.
    """

    def __init__(self, native: Native, parameters: Sequence[float]) -> None:
        """Check the surface and copy what pointers will lead to."""
        wanted = len(native.expression.parameters)
        self._addresses = np.array(native.addresses, dtype=np.int64)
        if self._addresses.shape != (3,) or len(parameters) != wanted:
            raise ValueError(
                f"expected 3 addresses and {wanted} parameters, "
                f"got shape {self._addresses.shape} and {len(parameters)}"
            )
        self.native = native
        self.variables = len(native.expression.variables)
        self._values = native.expression.vector(parameters)
        self._s, self._p = self._addresses.ctypes.data, self._values.ctypes.data
        self._value, _, self._hessian = self._addresses.tolist()

    def in_batches(self, size: int, seed: int) -> "Ground":
        """This sum as steps see it that look at `size` of its rows each (0: at all of them)."""
        expression = self.native.expression
        if size == 0:
            return self
        if expression.data is None or not 0 < size <= len(expression.data.rows):
            raise ValueError(f"expected a sum of at least {size} rows, got {expression.text}")
        behind = len(expression.parameters)
        made = Ground(self.native, self._values[:behind].tolist())
        made._values[behind + BATCH], made._values[behind + SEED] = size, seed
        return made

    def run(
        self, optimizer: Optimizer, start: tuple[float, float], steps: int, rule: Rule
    ) -> tuple[Floats, int]:
        """Run one optimizer; return its rows, shape (last + 1, 7), and the reason of its ending."""
        h = optimizer.vector()
        numbers = rule.laid_out(optimizer.schedule, steps)  # the kernel writes the reason there
        out = np.empty((steps + 1, COLUMNS))
        kernel = _RUN(type(optimizer).kernel.address)
        last = kernel(
            self._s, self._p, _pointer(h), *start, steps, _pointer(numbers), _pointer(out)
        )
        return out[: last + 1], int(numbers[REASON])

    def overhear(
        self, optimizer: Optimizer, start: tuple[float, float], steps: int, rule: Rule, step: int
    ) -> tuple[Floats, list[tuple[float, float]]]:
        """Run to the end of one step, and note where the kernel asks for f during it.

        `steps` is the whole run's budget, 0 ≤ `step` < `steps`. Returns the rows, shape
        (at most step + 2, 7), and the points in the order of asking, those of the Hessian not
        among them. The kernel itself is the same machine code: only the surface that it is given
        writes down. Every evaluation passes through Python: meant for one question at a time.
        """
        points: list[tuple[float, float]] = []

        def listening(address: int, listed: bool) -> Any:
            ask = _SURFACE(address)

            def listen(x: float, y: float, k: int, p: int, o: int) -> None:
                if listed and k == step:
                    points.append((x, y))
                ask(x, y, k, p, o)

            return _SURFACE(listen)

        # Held until the call returns: machine code alone keeps no callback alive.
        ears = [
            listening(address, listed)
            for address, listed in zip(self._addresses.tolist(), (True, True, False), strict=True)
        ]
        given = np.array([cast(each, c_void_p).value for each in ears], dtype=np.int64)
        h = optimizer.vector()
        numbers = rule.laid_out(optimizer.schedule, steps)
        out = np.empty((step + 2, COLUMNS))
        kernel = _RUN(type(optimizer).kernel.address)
        last = kernel(
            given.ctypes.data,
            self._p,
            _pointer(h),
            *start,
            step + 1,
            _pointer(numbers),
            _pointer(out),
        )
        return out[: last + 1], points

    def evaluate(self, x: float, y: float, step: int = WHOLE) -> list[float]:
        """Evaluate f, ∂f/∂x, ∂f/∂y, ∂²f/∂x², ∂²f/∂x∂y and ∂²f/∂y² at one point.

        Of a sum with minibatches, `step` picks the one of that step; without, it is the whole sum.
        """
        o = np.empty(6)
        _SURFACE(self._hessian)(x, y, step, self._p, _pointer(o))
        values: list[float] = o.tolist()
        return values

    def grid(self, columns: int, rows: int, view: Box) -> Floats:
        """Evaluate f on a grid over the view, its ends included; shape (rows, columns)."""
        out = np.empty((rows, columns))
        call: Callable[..., None] = _FILL(GRID.address)
        call(self._value, self._p, *view[0], *view[1], columns, rows, _pointer(out))
        return out

    def derivatives(self, rows: Floats) -> Floats:
        """Evaluate gradient and Hessian along a trajectory, (n + 1, 7) -> (n + 1, 5)."""
        if rows.ndim != 2 or rows.shape[1] != COLUMNS:
            raise ValueError(f"expected rows of {COLUMNS} numbers, got shape {rows.shape}")
        out = np.empty((len(rows), DERIVATIVES))
        call: Callable[..., None] = _ALONG(ALONG.address)
        call(self._hessian, self._p, len(rows), _pointer(rows), _pointer(out))
        return out


def _pointer(array: Floats) -> int:
    """Give the address of an array's first number; the caller holds the array meanwhile."""
    assert array.dtype == np.float64
    # Refuses an array that is not C-contiguous; three times as quick as array.ctypes.
    return addressof(c_double.from_buffer(array.data))
