"""The two native calls of the engine, and the decorators that make them.

A surface is `void f(double x, double y, int64 k, const double* p, double* o)`; o gets [f],
[f, fx, fy] or [f, fx, fy, fxx, fxy, fyy]. Only a finite sum looks at k: it is the step whose
minibatch is meant. A kernel is

    int64 run(int64* S, double* p, double* h, double x, double y, int64 steps,
              double* rule, double* out)

with S the addresses of the three surface functions in that order, p the surface's parameters, h the
optimizer's hyperparameters in declared order, `rule` the numbers named below and `out` room for
steps + 1 rows of seven columns. It returns the index of the last row it wrote and leaves the reason
of its ending in rule[REASON].

Addresses instead of compiled-in surfaces keep one kernel per optimizer: any surface, also one typed
a moment ago, runs through machine code that was compiled once and cached on disk.
"""

from collections.abc import Callable
from threading import RLock
from typing import Any, Protocol, TypeVar

from llvmlite import ir
from numba import cfunc, njit, types
from numba.core import cgutils
from numba.core.errors import RequireLiteralValue
from numba.extending import intrinsic

# Columns of a recorded row: x, y, f, |∇f| and the evaluations that the method itself has spent.
COLUMNS = 7

# Slots of `rule`. REACH is the distance from the view's centre, per axis, at which a run has left;
# NOISE the standard deviation of the gradient noise; REASON is written by the kernel. SCHEDULED is
# 1 where factors of the learning rate follow, one per step, from RULE_SLOTS on; 0 where none do.
# BATCHED is 1 where a step sees a minibatch of a finite sum only, LINE where f is one of x alone.
TOLERANCE, CENTRE_X, CENTRE_Y, REACH_X, REACH_Y, NOISE, SEED, REASON, SCHEDULED, BATCHED = range(10)
LINE = 10
RULE_SLOTS = 11

# As the step k of an evaluation: all rows of a finite sum, whatever the minibatches.
WHOLE = -1

# Values of rule[REASON].
CONVERGED, NOT_FINITE, FAR_ABOVE, FAR_BELOW, UNCHANGED, NO_STEP, SINGULAR, BUDGET = range(8)
FLAT_CHORD = 8

# numba's own hints do not fit code that runs inside it: from here on its decorators are untyped.
_njit: Any = njit
_intrinsic: Any = intrinsic
_pointer: Any = types.CPointer
_alloca: Any = cgutils.alloca_once

DOUBLES = _pointer(types.float64)
ADDRESSES = _pointer(types.int64)
RUN = types.int64(
    ADDRESSES, DOUBLES, DOUBLES, types.float64, types.float64, types.int64, DOUBLES, DOUBLES
)

Function = TypeVar("Function", bound=Callable[..., Any])
_compiling = RLock()


class Reals(Protocol):
    """A pointer to doubles, as a kernel sees it."""

    def __getitem__(self, index: int) -> float:
        """Read one number; nothing checks the index."""

    def __setitem__(self, index: int, value: float) -> None:
        """Write one number; nothing checks the index."""


class Addresses(Protocol):
    """The surface's three addresses: value, with gradient, with Hessian."""

    def __getitem__(self, index: int) -> int:
        """Read one address."""


def helper(function: Function) -> Function:
    """Compile a function into every kernel that calls it, without a call of its own."""
    compiled: Function = _njit(error_model="numpy", forceinline=True)(function)
    return compiled


def routine(function: Function) -> Function:
    """Compile a function that kernels call: for code too long to be repeated at every call."""
    compiled: Function = _njit(error_model="numpy")(function)
    return compiled


class Kernel:
    """An algorithm that becomes machine code (or is read from the disk cache) when first needed."""

    def __init__(self, algorithm: Callable[..., Any], signature: Any = RUN) -> None:
        """Hold a function of the given numba signature; nothing is compiled yet."""
        self.algorithm = algorithm
        self.signature = signature
        self._compiled: Any = None

    @property
    def address(self) -> int:
        """The native function's address; takes 0.2 to 1 s the first time ever, then 4 ms."""
        if self._compiled is None:
            with _compiling:
                if self._compiled is None:
                    compiler = cfunc(self.signature, cache=True, error_model="numpy")
                    self._compiled = compiler(self.algorithm)
        address: int = self._compiled.address
        return address


def kernel(algorithm: Callable[..., Any]) -> Kernel:
    """Make an optimizer's kernel of a function with the arguments of RUN."""
    return Kernel(algorithm)


def _call_surface(
    context: Any, address: Any, x: Any, y: Any, k: Any, p: Any, o: Any
) -> tuple[Any, Any]:
    """Call the surface function at `address`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        double, integer = ir.DoubleType(), ir.IntType(64)
        pointer = double.as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [double, double, integer, pointer, pointer])
        target = builder.inttoptr(arguments[0], kind.as_pointer())
        builder.call(target, arguments[1:])
        return context.get_dummy_value()

    f8, i8 = types.float64, types.int64
    return types.void(i8, f8, f8, i8, DOUBLES, DOUBLES), generate


call_surface: Callable[[int, float, float, int, Reals, Reals], None] = _intrinsic(_call_surface)


def _stack(context: Any, count: Any) -> tuple[Any, Any]:
    """Reserve `count` doubles (a literal) in the present stack frame."""
    if not isinstance(count, types.IntegerLiteral):
        raise RequireLiteralValue("stack(n) needs a literal number of doubles")
    size = count.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        # In the entry block, so that a loop does not grow the stack.
        return _alloca(builder, ir.DoubleType(), size=size)

    return DOUBLES(count), generate


stack: Callable[[int], Reals] = _intrinsic(_stack)
