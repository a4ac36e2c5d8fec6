"""Forward and backward by number: the chapter's tables, and the engine's own derivatives."""

import math

import numpy as np
import pytest
from hypothesis import assume, given

from core.formula import compile, parse
from core.formula.tape import tape
from core.formula.unroll import MOST_NODES
from core.refusal import Refusal
from tests.core.formula.generated import Case, cases

EXAMPLE = "sin(t1*t2) + exp(t2 + t3) - 2*t3"  # (4.27)
AT = {"t1": math.pi / 6, "t2": 2.0, "t3": 5.0}
E7 = math.exp(7)
HALF_ROOT = math.sqrt(3) / 2


def test_table_4_1_primals_by_iteration() -> None:
    found = tape(EXAMPLE, AT)
    assert [(each.name, each.iteration) for each in found.nodes] == [
        ("a1", 1), ("a2", 1), ("a3", 1), ("a4", 2), ("a5", 2), ("a6", 3),
    ]  # fmt: skip
    primals = [each.primal for each in found.nodes]
    expected = [math.pi / 3, 7, -10, HALF_ROOT, E7, HALF_ROOT + E7 - 10]
    assert primals == pytest.approx(expected, rel=1e-14)


def test_table_4_2_tangents_for_the_second_input() -> None:
    found = tape(EXAMPLE, AT, "t2")
    assert [each.tangent for each in found.inputs] == [0, 1, 0]
    tangents = [each.tangent for each in found.nodes]
    expected = [math.pi / 6, 1, 0, math.pi / 12, E7, math.pi / 12 + E7]
    assert tangents == pytest.approx(expected, rel=1e-14)


def test_table_4_3_adjoints_and_the_gradient() -> None:
    found = tape(EXAMPLE, AT)
    adjoints = [each.adjoint for each in found.nodes]
    assert adjoints == pytest.approx([0.5, E7, 1, 1, 1, 1], rel=1e-14)
    gradient = [each.adjoint for each in found.inputs]
    assert gradient == pytest.approx([1, math.pi / 12 + E7, E7 - 2], rel=1e-14)
    assert [edge.partial for edge in found.nodes[2].edges] == [-2]


@given(cases)
def test_both_sweeps_give_the_engines_gradient(case: Case) -> None:
    formula, at = case.formula, {"x": case.x, "y": case.y, "a": case.a}
    _, gradient, _ = compile(parse(formula.text, {"a": case.a})).evaluate(case.x, case.y)
    assume(np.all(np.isfinite(gradient)) and np.abs(gradient).max() < 1e8)
    try:
        known = {each.name for each in tape(formula.text, {}).inputs}
    except Refusal:
        assume(False)
    given_ = {name: at[name] for name in known}
    for name, expected in zip("xy", gradient, strict=True):
        if name not in known:
            assert expected == 0
            continue
        found = tape(formula.text, given_, name)
        assume(all(math.isfinite(each.adjoint) for each in (*found.inputs, *found.nodes)))
        adjoint = next(each.adjoint for each in found.inputs if each.name == name)
        scale = max(1.0, *(abs(each.primal) for each in found.nodes))
        assert adjoint == pytest.approx(expected, rel=1e-6, abs=1e-9 * scale)
        assert found.nodes[-1].tangent == pytest.approx(expected, rel=1e-6, abs=1e-9 * scale)


def test_what_has_no_value_is_nan_and_so_is_all_that_uses_it() -> None:
    found = tape("log(x) + y", {"x": -1, "y": 2})
    assert math.isnan(found.nodes[0].primal)
    assert math.isnan(found.nodes[-1].primal)
    assert found.inputs[1].adjoint == 1


def test_equal_operations_are_one_node_with_both_uses() -> None:
    found = tape("sin(x*y) * cos(x*y)", {"x": 1, "y": 2})
    assert [each.name for each, _ in found.uses("a1")] == ["a2", "a3"]
    assert len(found.nodes) == 4


@pytest.mark.parametrize(
    ("text", "values", "words"),
    [
        ("3 + 4", {}, "1 to 8 names"),
        ("x", {}, "a name alone"),
        ("x +", {}, "Expected"),
        ("x/0", {}, "divisor other than zero"),
        ("x + 1", {"z": 1.0}, "got “z”"),
        ("+".join(f"x^{k}" for k in range(2, MOST_NODES + 2)), {}, "at most 40 operations"),
        ("a+b+c+d+f+g+h+i+j", {}, "1 to 8 names"),
    ],
)
def test_what_cannot_be_shown_is_refused(text: str, values: dict[str, float], words: str) -> None:
    with pytest.raises(Refusal, match="Expected") as refused:
        tape(text, values)
    assert words in refused.value.sentence
