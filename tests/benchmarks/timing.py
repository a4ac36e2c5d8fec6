"""Side by side: contenders take turns in one process, and their medians are compared."""

from collections.abc import Callable
from statistics import median
from time import thread_time


def interleaved(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU seconds of each contender; they take turns, so that all share the same weather."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for run in contenders.values():
        run()
    for _ in range(rounds):
        for name, run in contenders.items():
            began = thread_time()
            run()
            seconds[name].append(thread_time() - began)
    return {name: median(taken) for name, taken in seconds.items()}


def row(name: str, ratio: float, bar: str, note: str = "") -> None:
    """Print one line: name | ratio | bar, and what it is made of."""
    print(f"{name:<52} | {ratio:>9.3g} | {bar:<10} {note}", flush=True)
