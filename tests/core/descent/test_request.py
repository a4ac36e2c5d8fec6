"""What is refused, where, and in which words."""

from typing import Any

import pytest

from core.descent import Request
from core.refusal import Refusal
from tests.core.descent.requests import PLAIN, asked, ran, typed

ADAM = {"name": "adam"}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"steps": -1}, "steps", "from 1 to 100000, got -1"),
    ({"steps": 0}, "steps", "from 1 to 100000, got 0"),
    ({"steps": 10**9}, "steps", "from 1 to 100000, got 1000000000"),
    ({"steps": 2.5}, "steps", "a whole number"),
    ({"steps": 100_000, "optimizers": [ADAM] * 6}, "steps", "100,000 steps × 6 optimizers"),
    ({"optimizers": []}, "optimizers", "at least 1"),
    ({"optimizers": [ADAM] * 33}, "optimizers", "at most 32"),
    ({"optimizers": [ADAM, {"name": "adm"}]}, "optimizers.1", "adm"),
    ({"optimizers": [{"lr": 1}]}, "optimizers.0", "name"),
    ({"optimizers": [{**ADAM, "lr": 1e400}]}, "optimizers.0.lr", "got Infinity"),
    ({"optimizers": [{**ADAM, "lr": float("nan")}]}, "optimizers.0.lr", "got NaN"),
    ({"optimizers": [{**ADAM, "lr": -1}]}, "optimizers.0.lr", "from 0.00001 to 10"),
    (
        {"optimizers": [{**ADAM, "learning_rate": 1}]},
        "optimizers.0.learning_rate",
        "one of name, schedule, weight_decay, lr",
    ),
    ({"optimizers": [{"name": "barzilai_borwein", "form": 3}]}, "optimizers.0.form", "from 1 to 2"),
    ({"start": [1e400, 0]}, "start.0", "finite"),
    ({"start": [1]}, "start.1", ""),
    ({"seed": -1}, "seed", "from 0"),
    ({"noise": -0.1}, "noise", "from 0"),
    ({"tolerance": 0}, "tolerance", "from"),
    ({"view": [[1, 1], [0, 1]]}, "view", "low < high"),
    ({"view": [[-1e308, 1e308], [0, 1]]}, "view", "low < high"),
    ({"grid": {"columns": 1, "rows": 9, "view": [[0, 1], [0, 1]]}}, "grid.columns", "from 2"),
    ({"grid": {"columns": 9, "rows": 9, "view": [[1, 0], [0, 1]]}}, "grid.view", "low < high"),
    ({"speed": 3}, "speed", "one of surface, start"),
    ({"surface": {"name": "rosenbrok"}}, "surface.name", "rosenbrock"),
    (
        {"surface": {"name": "rosenbrock", "formula": "x"}},
        "surface.name",
        "those of two at once",
    ),
    ({"surface": {"name": "beale", "parameters": {"a": 1}}}, "surface.parameters.a", "none"),
    (
        {"surface": {"name": "rosenbrock", "parameters": {"b": -1}}},
        "surface.parameters.b",
        "between",
    ),
    ({"surface": typed("x +")}, "surface.formula", "end"),
    ({"surface": typed("c*x")}, "surface.formula", "“c”"),
    ({"surface": typed("c*x", c=float("inf"))}, "surface.parameters.c", "finite"),
]


@pytest.mark.parametrize(("changes", "field", "words"), REFUSED)
def test_refuses_with_a_sentence_and_a_field(
    changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        ran(**changes)
    assert refused.value.field == field
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith((".", "?"))


@pytest.mark.parametrize("data", [None, 5, [], "rosenbrock", {}])
def test_refuses_what_is_no_request(data: object) -> None:
    with pytest.raises(Refusal):
        Request.read(data)


def test_a_formula_at_fault_is_pointed_at() -> None:
    with pytest.raises(Refusal) as refused:
        ran(surface=typed("x^2 + * y"))
    assert refused.value.position == 6


def test_the_largest_work_is_accepted() -> None:
    assert asked(steps=100_000, optimizers=[ADAM] * 5).steps == 100_000


def test_numbers_outside_are_not_moved_inside() -> None:
    request = asked(optimizers=[{"name": "adam", "lr": 10}])
    assert request.optimizers[0].hyperparameters()["lr"] == 10


def test_reading_leaves_the_data_alone() -> None:
    before = repr(PLAIN)
    asked()
    assert repr(PLAIN) == before
