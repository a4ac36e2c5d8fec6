"""Finite sums: the mean over the rows, the minibatches drawn as announced, and all of it exact."""

from collections import Counter

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.formula import Data, Native, compile, parse
from core.formula import native as module
from core.refusal import Refusal
from tests.core.formula.rows import drawn

TERM = "a*(x - u)^2 + s*tanh(y*u - x)^2 + log(1 + exp(a*y))"
DATA = Data(("a", "u"), ((1.0, 0.5), (0.3, -1.5), (2.0, 0.1), (0.7, 2.0), (1.1, -0.4)))


def called(native: Native, x: float, y: float, step: int, size: int, seed: int) -> np.ndarray:
    """What the engine's function with the Hessian writes for one step; shape (6,)."""
    numbers = native.expression.vector()
    behind = len(native.expression.parameters)
    numbers[behind : behind + 2] = size, seed
    out = np.empty(6)
    pointer = module.ctypes.POINTER(module.ctypes.c_double)
    module.PROTOTYPE(int(native.addresses[2]))(
        x, y, step, numbers.ctypes.data_as(pointer), out.ctypes.data_as(pointer)
    )
    return out


def by_torch(rows: list[int], x: float, y: float, s: float) -> np.ndarray:
    """f, gradient and Hessian of the mean over these rows, by automatic differentiation."""
    a, u = torch.tensor(DATA.rows, dtype=torch.float64)[rows].T

    def f(at: torch.Tensor) -> torch.Tensor:
        p, q = at
        terms = a * (p - u) ** 2 + s * torch.tanh(q * u - p) ** 2 + torch.log1p(torch.exp(a * q))
        return terms.mean()

    at = torch.tensor([x, y], dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(f, at)
    gradient = torch.autograd.functional.jacobian(f, at)
    return np.array([f(at), *gradient, hessian[0, 0], hessian[0, 1], hessian[1, 1]])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    x=st.floats(-3, 3),
    y=st.floats(-3, 3),
    step=st.integers(0, 2**40),
    size=st.integers(1, 5),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_minibatch_is_what_torch_makes_of_the_same_rows(
    x: float, y: float, step: int, size: int, seed: int
) -> None:
    native = compile(parse(TERM, {"s": 0.8}, data=DATA))
    rows = drawn(seed, step, 5, size)
    assert len(rows) == size
    wanted = by_torch(rows, x, y, 0.8)
    np.testing.assert_allclose(called(native, x, y, step, size, seed), wanted, 1e-12, 1e-12)
    whole = by_torch(list(range(5)), x, y, 0.8)
    for step_, size_ in ((-1, size), (step, 0), (step, 5)):
        np.testing.assert_allclose(called(native, x, y, step_, size_, seed), whole, 1e-12, 1e-12)


def test_the_three_functions_draw_the_same_rows() -> None:
    native = compile(parse(TERM, {"s": 0.8}, data=DATA))
    numbers = native.expression.vector()
    numbers[1:3] = 2, 9
    pointer = module.ctypes.POINTER(module.ctypes.c_double)
    for step in range(20):
        written = []
        for address, width in zip(native.addresses.tolist(), (1, 3, 6), strict=True):
            out = np.full(7, 77.0)
            arguments = numbers.ctypes.data_as(pointer), out.ctypes.data_as(pointer)
            module.PROTOTYPE(address)(0.4, -0.7, step, *arguments)
            assert (out[width:] == 77.0).all()
            written.append(out[:width].tolist())
        value, gradient, hessian = written
        assert value == gradient[:1] == hessian[:1]
        assert gradient == hessian[:3]


def test_every_pair_of_rows_is_equally_likely() -> None:
    """Read off the engine: the term of row j is 2^j, so that a sum of two names its rows."""
    data = Data(("u",), tuple((2.0**j,) for j in range(5)))
    native = compile(parse("u + 0*x", {}, data=data))
    steps = 20_000
    found = Counter(round(2 * called(native, 0, 0, step, 2, 3)[0]) for step in range(steps))
    assert set(found) == {2**i + 2**j for i in range(5) for j in range(i)}
    # Ten pairs: each has 2000 of the draws, with a standard deviation of 42.
    assert max(abs(count - steps / 10) for count in found.values()) < 4 * 42.5


def test_sums_of_other_rows_share_their_code_and_other_lengths_do_not() -> None:
    one = compile(parse("(x - u)^2", {}, data=Data(("u",), ((1.0,), (2.0,)))))
    same = compile(parse("(x - u)^2", {}, data=Data(("u",), ((3.0,), (5.0,)))))
    longer = compile(parse("(x - u)^2", {}, data=Data(("u",), ((3.0,), (5.0,), (7.0,)))))
    plain = compile(parse("(x - u)^2", {"u": 1.0}))
    assert one.code is same.code
    assert len({id(each.code) for each in (one, longer, plain)}) == 3
    assert [each.evaluate(0, 0)[0] for each in (one, same, longer)] == [2.5, 17.0, 83 / 3]
    assert plain.evaluate(0, 0)[0] == 1.0


def test_a_sum_is_written_as_one() -> None:
    shown = parse(TERM, {"s": 0.8}, data=DATA)
    assert "∑" in shown.mathml()
    assert "<mn>5</mn></munderover>" in shown.mathml()
    assert all("∑" in each for each in shown.gradient_mathml())
    assert shown.parameters == ("s",)


@pytest.mark.parametrize(
    ("columns", "rows", "said"),
    [
        (("u",), (), "got 0 rows"),
        ((), ((),), "got 1 rows of 0 columns"),
        (("u",), ((1.0,), (1.0, 2.0)), "in row 1"),
        (("u",), ((float("nan"),),), "Expected 1 finite numbers"),
    ],
)
def test_data_without_rows_or_with_gaps_are_refused(
    columns: tuple[str, ...], rows: tuple[tuple[float, ...], ...], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        Data(columns, rows)


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(Refusal, match="“v”"):
        parse("(x - v)^2", {}, data=DATA)
    with pytest.raises(Refusal, match="not taken"):
        parse("(x - u)^2", {}, data=Data(("x",), ((1.0,),)))
