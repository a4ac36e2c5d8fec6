"""A typed formula, from text to native value, gradient and Hessian."""

import itertools
from collections.abc import Callable

from core.formula import compile, parse
from tests.benchmarks.timing import interleaved, row

# Each run puts another constant in, so that no cache has seen the formula before.
FORMULAS = {
    "Rosenbrock": "({0} - x)^2 + 100*(y - x^2)^2",
    "Beale": "({0} - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
    "Ackley": "-20*exp(-sqrt((x^2 + y^2)/{0})) - exp((cos(6*x) + cos(6*y))/2) + e + 20",
    "nested": "log(1 + exp(tanh(x*sin(y) + {0}) - atan(x/(1 + y^2)))^2) + sqrt(1 + (x*y)^4)",
}
BAR_MS = 50


def contender(template: str, numbers: itertools.count) -> Callable[[], object]:
    return lambda: compile(parse(template.format(f"1.{next(numbers)}"))).addresses


def main() -> None:
    numbers = itertools.count(10_000)
    contenders = {name: contender(text, numbers) for name, text in FORMULAS.items()}
    for name, seconds in interleaved(contenders, rounds=11).items():
        note = f"({seconds * 1e3:.1f} ms of CPU)"
        row(f"{name}: text to native / bar of {BAR_MS} ms", seconds * 1e3 / BAR_MS, "<= 1", note)


if __name__ == "__main__":
    main()
