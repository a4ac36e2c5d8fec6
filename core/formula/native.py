"""Native code for expressions: LLVM IR compiled in memory, the most recent formulas kept.

Raw addresses outlive nothing: whoever hands `Native.addresses` to a kernel must hold the `Native`
for as long as the kernel runs.
"""

import ctypes
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from numpy.typing import NDArray

from core.formula import limits
from core.formula.emit import module
from core.formula.expression import Expression
from core.refusal import Refusal

PROTOTYPE = ctypes.CFUNCTYPE(
    None,
    ctypes.c_double,
    ctypes.c_double,
    ctypes.c_int64,
    ctypes.POINTER(ctypes.c_double),
    ctypes.POINTER(ctypes.c_double),
)
NAMES = ("value", "gradient", "hessian")

_lock = threading.Lock()
_compiled: OrderedDict[object, "_Code"] = OrderedDict()

Hessian = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class _Code:
    """An execution engine and the addresses inside it; they die together."""

    engine: Any
    addresses: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Native:
    """Machine code of one expression.

    `addresses`: int64 (3,), the functions that write f, (f, gradient) and (f, gradient, Hessian),
    each `void(double x, double y, int64 k, const double* p, double* o)`.
    """

    expression: Expression
    addresses: NDArray[np.int64]
    code: _Code

    def evaluate(
        self, x: float, y: float, parameters: Mapping[str, float] | Sequence[float] = ()
    ) -> tuple[float, tuple[float, float], Hessian]:
        """f, its gradient and its Hessian at one point; for tests and small uses.

        `parameters` by name, or in the order of the expression.
        """
        values = self.expression.vector(parameters)
        out = np.empty(6)
        pointer = ctypes.POINTER(ctypes.c_double)
        PROTOTYPE(int(self.addresses[2]))(
            x, y, 0, values.ctypes.data_as(pointer), out.ctypes.data_as(pointer)
        )
        f, fx, fy, fxx, fxy, fyy = out.tolist()
        return f, (fx, fy), ((fxx, fxy), (fxy, fyy))


def compile(expression: Expression) -> Native:
    """Machine code for `expression`. Formulas of the same structure share it; 10-20 ms if new."""
    if len(expression.variables) not in (1, 2):
        raise Refusal(
            f"Expected a formula of one or two variables to compile, got "
            f"{len(expression.variables)}: "
            f"{', '.join(expression.variables)}. Formulas of other numbers can only be shown."
        )
    structure = expression.structure()
    with _lock:
        code = _compiled.get(structure)
        if code is None:
            code = _compiled[structure] = _build(expression)
            while len(_compiled) > limits.COMPILED:
                _compiled.popitem(last=False)
        _compiled.move_to_end(structure)
    return Native(expression, np.array(code.addresses, np.int64), code)


def _build(expression: Expression) -> _Code:
    f, *rest = _in_the_plane(expression)
    outputs = dict(zip(NAMES, ([f], [f, *rest[:2]], [f, *rest]), strict=True))
    text = module(
        expression.graph, outputs, expression.variables, expression.parameters, expression.data
    )
    try:
        return _translate(text)
    except RuntimeError as failure:
        reason = str(failure).strip().splitlines()[0]
        raise Refusal(
            f"Expected LLVM to translate the formula {expression.text}, got its refusal: {reason}. "
            "Write the formula another way."
        ) from failure


def _in_the_plane(expression: Expression) -> tuple[int, ...]:
    """The nodes of f, fx, fy, fxx, fxy, fyy.

    A function of x alone has the gradient (f', 0) and the Hessian f'' I on the line y = 0: that of
    f + f'' y²/2 there. No method leaves the line, and each does on it what it does in one
    dimension: λmin = λmax = f'', no axes to turn to, a singular Hessian where f'' = 0.
    """
    if len(expression.variables) == 2:
        return expression.jet.outputs
    (first,), (second,) = expression.jet.first, expression.jet.second
    zero = expression.graph.number(0)
    return expression.jet.value, first, zero, second, zero, second


def _translate(text: str) -> _Code:
    machine = _machine()
    # A context of our own: numba may be compiling in LLVM's global one on another thread.
    parsed = llvm.parse_assembly(text, context=llvm.create_context())
    passes = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=2))
    passes.getModulePassManager().run(parsed, passes)
    engine = llvm.create_mcjit_compiler(parsed, machine)
    engine.finalize_object()
    return _Code(engine, tuple(engine.get_function_address(name) for name in NAMES))


@cache
def _target() -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    if sys.platform == "linux":
        llvm.load_library_permanently("libm.so.6")  # sinh, asin, ... and what LLVM lowers pow to
    return llvm.Target.from_triple(llvm.get_process_triple())


def _machine() -> Any:
    # One for every engine: the engine owns it and frees it when it goes.
    return _target().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=2
    )
