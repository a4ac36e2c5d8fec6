"""Formulas: text to expression graph to exact derivatives, MathML and native code.

    expression = parse("(a - x)^2 + b*(y - x^2)^2")
    native = compile(expression)
    native.evaluate(-1.2, 1.0, {"a": 1, "b": 100})

User text never reaches `eval`, `exec` or a computer algebra system.
"""

from core.formula.data import Data
from core.formula.expression import Expression, parse
from core.formula.native import Native, compile

__all__ = ["Data", "Expression", "Native", "compile", "parse"]
