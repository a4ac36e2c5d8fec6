"""Declarations: complete, consistent, and true where they state theory."""

from typing import get_args

import numpy as np
import pytest
from latex2mathml.converter import convert
from pydantic import TypeAdapter, ValidationError

from core.optimizers import NAMES, OPTIMIZERS, AnyOptimizer, Optimizer, optimizer
from core.optimizers.base import Family
from core.refusal import Refusal
from tests.core.optimizers.paths import make, path


@pytest.mark.parametrize("kind", OPTIMIZERS, ids=NAMES)
def test_is_complete(kind: type[Optimizer]) -> None:
    names = [each.name for each in kind.parameters()]
    assert kind.title
    assert kind.short
    assert kind.reference
    assert kind.family in get_args(Family)
    assert kind.primary in names
    assert set(kind.training or {}) <= set(names)
    assert "<math" in convert(kind.formula)
    for each in kind.parameters():
        assert each.low <= each.default <= each.high
        assert each.scale != "log" or each.low > 0
        assert "<math" in convert(each.symbol)


def test_names_are_unique_and_found() -> None:
    assert len(set(NAMES)) == len(OPTIMIZERS)
    for name, kind in zip(NAMES, OPTIMIZERS, strict=True):
        assert optimizer(name) is kind
    with pytest.raises(Refusal, match="adam") as refused:
        optimizer("adm")
    assert refused.value.field == "name"


def test_the_kernel_reads_hyperparameters_in_declared_order() -> None:
    method = make("adam", lr=1, beta1=0.2, beta2=0.3, eps=0.4)
    np.testing.assert_array_equal(method.vector(), [1, 0.2, 0.3, 0.4, 1])
    assert method.vector().dtype == np.float64


def test_the_union_is_told_apart_by_name() -> None:
    union = TypeAdapter(AnyOptimizer)
    assert isinstance(union.validate_python({"name": "lbfgs", "history": 5}), optimizer("lbfgs"))
    for wrong in (
        {"name": "lbfgs", "momentum": 1},
        {"name": "adam", "lr": float("inf")},
        {"lr": 1},
    ):
        with pytest.raises(ValidationError):
            union.validate_python(wrong)


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("gradient_descent", {}),
        ("momentum", {"momentum": 0.9}),
        ("momentum", {"momentum": 0.9, "dampening": 0.9}),
        ("momentum", {"momentum": 0, "dampening": 0.5}),
        ("nesterov", {"momentum": 0.5}),
        ("nesterov", {"momentum": 0.9}),
    ],
)
def test_the_stability_limit_is_where_a_quadratic_turns(name: str, extra: dict[str, float]) -> None:
    stated = make(name, **extra).stability_limit(4.0)
    assert stated is not None
    below, above = (
        path(make(name, lr=factor * stated.limit, **extra), "2*x^2 + y^2/4", (1.0, 1.0), 2000)
        for factor in (0.99, 1.01)
    )
    assert abs(below.path[-1, 0]) < 1e-3
    assert abs(above.path[-1, 0]) > 1e3


@pytest.mark.parametrize("name", NAMES)
def test_no_limit_is_stated_where_nothing_curves_upwards(name: str) -> None:
    assert make(name).stability_limit(-1.0) is None
    assert make(name).stability_limit(0.0) is None
