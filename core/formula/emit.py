"""Graph to LLVM IR, as text: one straight line of arithmetic per function.

ABI of every surface, fixed for the whole engine:
`void f(double x, double y, int64 k, const double* p, double* o)`, where k is the step number, p
holds the parameters in the order of the expression, and o takes [f], [f, fx, fy] or
[f, fx, fy, fxx, fxy, fyy]. A formula of one variable does not read y.
"""

import struct
from collections.abc import Mapping, Sequence

from core.formula.data import Data
from core.formula.functions import DERIVED
from core.formula.graph import Graph
from core.formula.products import products
from core.formula.sums import MIX, SIGNATURE, TERM_SIGNATURE, mean

BINARY = {"add": "fadd", "sub": "fsub", "div": "fdiv"}
POW = "llvm.pow.f64"
SIGN = """
define private double @thalweg.sign(double %u) alwaysinline {
  %one = call double @llvm.copysign.f64(double 1.0, double %u)
  %zero = fcmp oeq double %u, 0.0
  %sign = select i1 %zero, double 0.0, double %one
  ret double %sign
}
declare double @llvm.copysign.f64(double, double)
"""


def module(
    graph: Graph,
    functions: Mapping[str, Sequence[int]],
    variables: Sequence[str],
    parameters: Sequence[str],
    data: Data | None = None,
) -> str:
    """IR that defines each of `functions` (name -> output nodes) by the ABI above.

    With `data`, each is the mean of what the nodes say over its rows (see `sums`).
    """
    bodies, called = [], set()
    # One order for all functions: f is the same to the last bit whichever of them computes it.
    ordered = products(graph, {at for outputs in functions.values() for at in outputs})
    for name, outputs in functions.items():
        writer = _Function(graph, variables, parameters, ordered, data.columns if data else ())
        if data is None:
            head = f"define void @{name}{SIGNATURE} nounwind"
        else:
            head = f"define private void @term.{name}{TERM_SIGNATURE} alwaysinline nounwind"
            columns, rows = len(data.columns), len(data.rows)
            bodies.append(mean(name, len(outputs), parameters, columns, rows))
        bodies.append(f"{head} {{\n{writer.body(outputs)}\n}}")
        called |= writer.called
    declared = [
        f"declare double @{symbol}({'double, double' if symbol == POW else 'double'})"
        for symbol in sorted(called - {"thalweg.sign"})
    ]
    if "thalweg.sign" in called:
        declared.append(SIGN)
    if data is not None:
        declared.append(MIX)
    return "\n".join([*declared, *bodies])


class _Function:
    def __init__(
        self,
        graph: Graph,
        variables: Sequence[str],
        parameters: Sequence[str],
        ordered: Mapping[int, tuple[int, ...]],
        columns: Sequence[str],
    ) -> None:
        self.graph = graph
        self.ordered = ordered
        self.variables, self.parameters = list(variables), list(parameters)
        self.columns = list(columns)
        self.lines: list[str] = []
        self.called: set[str] = set()
        self.powers: dict[tuple[int, int], str] = {}
        self.held: dict[int, str] = {}  # node -> IR operand

    def body(self, outputs: Sequence[int]) -> str:
        for at in self.graph.reach(outputs):
            self.held[at] = self.operand(at)
        for slot, at in enumerate(outputs):
            address = self.line(f"getelementptr double, ptr %o, i64 {slot}")
            self.lines.append(f"  store double {self.held[at]}, ptr {address}")
        return "\n".join([*self.lines, "  ret void"])

    def line(self, instruction: str) -> str:
        register = f"%v{len(self.lines)}"
        self.lines.append(f"  {register} = {instruction}")
        return register

    def operand(self, at: int) -> str:
        node = self.graph.nodes[at]
        if node.value is not None:
            return _hexadecimal(node.value)
        arguments = [self.held[argument] for argument in node.arguments]
        match node.kind:
            case "variable":
                return f"%x{self.variables.index(node.name)}"
            case "parameter":
                known, start = self.parameters, "%p"
                if node.name in self.columns:
                    known, start = self.columns, "%r"
                slot = known.index(node.name)
                address = self.line(f"getelementptr double, ptr {start}, i64 {slot}")
                return self.line(f"load double, ptr {address}")
            case "mul":
                made = self.held[self.ordered[at][0]]
                for factor in self.ordered[at][1:]:
                    made = self.line(f"fmul double {made}, {self.held[factor]}")
                return made
            case "neg":
                return self.line(f"fneg double {arguments[0]}")
            case "pow":
                base, n = self.graph.powered(at)
                if base != at:
                    return self.integer_power(base, n)
                self.called.add(POW)
                both = ", ".join(f"double {argument}" for argument in arguments)
                return self.line(f"call double @{POW}({both})")
            case kind if kind in BINARY:
                return self.line(f"{BINARY[kind]} double {arguments[0]}, {arguments[1]}")
        symbol = DERIVED[node.kind].native
        self.called.add(symbol)
        return self.line(f"call double @{symbol}(double {arguments[0]})")

    def integer_power(self, base: int, n: int) -> str:
        """By squaring; x^2, x^3 and x^4 of one base share their squares."""
        if n == 1:
            return self.held[base]
        if (base, n) not in self.powers:
            if n < 0:
                whole = self.integer_power(base, -n)
                made = self.line(f"fdiv double {_hexadecimal(1.0)}, {whole}")
            else:
                half = self.integer_power(base, n // 2)
                made = self.line(f"fmul double {half}, {half}")
                if n % 2:
                    made = self.line(f"fmul double {made}, {self.held[base]}")
            self.powers[base, n] = made
        return self.powers[base, n]


def _hexadecimal(value: float) -> str:
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"
