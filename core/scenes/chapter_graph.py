"""The chapter's computational graph: one formula, its values, tangents and adjoints."""

from math import e, pi

from core.descent import Descent
from core.formula.tape import tape
from core.scenes.scene import DescentScene, Fact, Facts, Source, run_of

# (4.27) with x and y for its second and third variable, so that a map can be drawn over them.
FORMULA = "sin(t1*x) + exp(x + y) - 2*y"
T1 = pi / 6
START = (2.0, 5.0)
CLOSE = 1e-12  # relative: some rounding errors


def _tables(descent: Descent) -> Facts:
    x, y = START
    found = tape(FORMULA, {"t1": T1, "x": x, "y": y}, "x")
    gradient = (1.0, pi / 12 + e**7, e**7 - 2)
    by_engine = descent.start.gradient
    return (
        Fact("operations", len(found.nodes), 6, 6),
        _is("f", found.nodes[-1].primal, 3**0.5 / 2 + e**7 - 10),
        _is("the tangent of f along x", found.nodes[-1].tangent, gradient[1]),
        *(
            _is(f"the adjoint of {each.name}", each.adjoint, wanted)
            for each, wanted in zip(found.inputs, gradient, strict=True)
        ),
        *(
            _is(f"the descent's ∂f/∂{name}", got, wanted)
            for name, got, wanted in zip("xy", by_engine, gradient[1:], strict=True)
        ),
    )


def _is(what: str, value: float, wanted: float) -> Fact:
    slack = CLOSE * abs(wanted)
    return Fact(what, value, wanted - slack, wanted + slack)


CHAPTER_GRAPH: tuple[DescentScene, ...] = (
    DescentScene(
        id="forward-and-backward",
        title="Forward and backward through a graph",
        sentence="Below the curve, step by step: three tangents need three passes forward, all "
        "adjoints one pass back.",
        source=Source("Chapter", "Figure 4.7 with Tables 4.1–4.3"),
        formula=FORMULA,
        parameters={"t1": T1},
        view=((-0.3, 2.3), (2.8, 5.4)),
        start=START,
        steps=60,
        optimizers=(run_of("gradient_descent", lr=5e-4),),
        open=("graph",),
        claim=_tables,
    ),
)
