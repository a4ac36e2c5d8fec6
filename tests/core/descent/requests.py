"""A plain request for these tests to vary."""

from typing import Any

from core.descent import Descent, Request, run

PLAIN: dict[str, Any] = {
    "surface": {"name": "rosenbrock", "parameters": {"b": 50}},
    "start": [-1.2, 1],
    "steps": 100,
    "optimizers": [{"name": "adam", "lr": 0.2}, {"name": "lbfgs"}],
}


def asked(**changes: Any) -> Request:
    return Request.read({**PLAIN, **changes})


def ran(**changes: Any) -> Descent:
    return run(asked(**changes))


def typed(formula: str, **parameters: float) -> dict[str, Any]:
    return {"formula": formula, "parameters": parameters}
