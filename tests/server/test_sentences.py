"""Pydantic's errors become sentences that name the field and quote what was sent."""

import json

import pytest

from core.descent import Request
from core.refusal import Refusal
from core.sentences import plain, show, validated
from core.training import Job
from server.body import decode
from tests.server.jobs import descent, job


def refuse(text: str, kind: type = Request) -> Refusal:
    with pytest.raises(Refusal) as caught:
        validated(kind, decode(text))
    return caught.value


def with_(old: str, new: str) -> str:
    text = json.dumps(descent())
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("1e400", "1e400"),
        ("-1e999", "-1e999"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("-1", "-1"),
        ('"fast"', '"fast"'),
        ("null", "null"),
        ("[1]", "[1]"),
        ("1" + 400 * "0", "1" + 56 * "0" + "..."),
    ],
)
def test_a_number_out_of_range_is_quoted_as_it_was_written(written: str, quoted: str) -> None:
    refusal = refuse(with_('"lr": 0.1', f'"lr": {written}'))
    assert refusal.field == "optimizers.0.lr"
    assert refusal.sentence.startswith("lr of adam: expected a number from 0.00001 to 10, got ")
    assert f"got {quoted}; " in refusal.sentence


@pytest.mark.parametrize(
    ("old", "new", "field", "part"),
    [
        ('"steps": 50', '"steps": -5', "steps", "expected a whole number from 1 to 100000, got -5"),
        ('"steps": 50', '"steps": 1000000000', "steps", "got 1000000000; "),
        ('"steps": 50', '"steps": 2.5', "steps", "expected a whole number from 1 to 100000"),
        ('"steps": 50, ', "", "steps", "expected a value, got nothing; add it."),
        ('"steps"', '"step"', "step", "did you mean steps?"),
        ('"lr": 0.1', '"beta3": 0.1', "optimizers.0.beta3", "did you mean beta"),
        ('"name": "adam"', '"name": "adaam"', "optimizers.0", "did you mean adam?"),
        ('{"name": "adam", "lr": 0.1}', "7", "optimizers.0", "expected an object"),
        (
            '"start": [-1.2, 1]',
            '"start": [NaN, 1]',
            "start.0",
            "item 1 of start",
        ),
        ('"start": [-1.2, 1]', '"start": [1]', "start.1", "item 2 of start: expected a value"),
        ('"start": [-1.2, 1]', '"start": [1, 2, 3]', "start", "at most 2 items, got 3"),
        ('"start": [-1.2, 1]', '"start": "here"', "start", 'expected a list, got "here"'),
        ('{"name": "rosenbrock"}', "5", "surface", "surface"),
        ('{"name": "rosenbrock"}', '{"formula": 3}', "surface.formula", "expected a text, got 3"),
        (
            '{"name": "rosenbrock"}',
            '{"name": "rosenbrock", "parameters": {"a": "z"}}',
            "surface.parameters.a",
            "a of rosenbrock",
        ),
    ],
)
def test_each_fault_is_named(old: str, new: str, field: str, part: str) -> None:
    refusal = refuse(with_(old, new))
    assert refusal.field == field
    assert part in refusal.sentence


def test_work_over_the_budget_is_refused_before_it_starts() -> None:
    six = descent(steps=100_000, optimizers=6 * [{"name": "momentum"}])
    refusal = refuse(json.dumps(six))
    assert "600,000" in refusal.sentence
    assert refusal.field == "steps"


def test_race_requests_are_refused_alike() -> None:
    text = json.dumps(job())
    refusal = refuse(text.replace('"epochs": 5', '"epochs": 0'), Job)
    assert refusal.field == "epochs"
    assert refusal.sentence.startswith("epochs: expected a whole number from 1 to ")
    assert refuse(text.replace("shapes", "shape"), Job).field == "dataset"
    assert refuse(text.replace('"lr"', '"rl"', 1), Job).field == "optimizers.0.rl"
    assert refuse(text.replace("adam", "newton", 1), Job).field == "optimizers.0.name"


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("", 0, "expected JSON"),
        ("{", 1, "expected JSON"),
        ('{"steps": 5,}', 12, "expected JSON"),
        (b"\xff", 0, "UTF-8"),
        ('{"a":' * 3000, None, "too deep"),
        ("[" * 60000, None, "too deep"),
        ('{"steps": ' + "1" * 5000 + "}", None, "4300 digits"),
        ("[]", None, "expected an object, got []"),
        ("null", None, "expected an object, got null"),
        ('"\\ud800"', None, "half of a surrogate pair"),
        ('{"\\uDC00": 1}', None, "half of a surrogate pair"),
    ],
)
def test_text_that_is_no_request(text: str, position: int | None, part: str) -> None:
    refusal = refuse(text)
    assert refusal.position == position
    assert part in refusal.sentence
    refusal.sentence.encode()  # what was sent cannot make the reply unwritable


def test_numbers_are_written_plainly() -> None:
    written = {
        0.00001: "0.00001",
        1e6: "1000000",
        10: "10",
        1e-12: "1e-12",
        0: "0",
        0.9999: "0.9999",
    }
    for value, text in written.items():
        assert plain(value) == text
    assert show("ü" * 100) == show("ü" * 100).encode("ascii").decode()
