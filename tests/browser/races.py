"""What the tests of the Training room share: small races, and what page and log know of them."""

import json
import math
import urllib.request
from typing import Any

from playwright.sync_api import Page

from tests.browser.driver import until

SMALL = (
    "/#/training?dataset=shapes&network=paper&train_size=512&epochs=2&batch_size=64&seed=7"
    "&with=momentum&with=adam&with=gradient_descent"
)
LONG = SMALL.replace("train_size=512&epochs=2", "train_size=4096&epochs=20")

STATE = "() => window.thalweg.training.store.get().session?.race"
"""The text of a function: the race that the page shows, as it has folded it so far."""

SERIES = """
() => window.thalweg.training.store.get().session.race.runs.map((run) => ({
  step: run.step,
  loss: run.loss.map((loss) => (Number.isNaN(loss) ? null : loss)),
  evaluations: run.evaluations.map(({step, loss, accuracy}) => [step, loss, accuracy]),
}))
"""


def start(page: Page) -> str:
    """Press Start, wait for the first event, and return the race's id."""
    page.click(".race-start")
    identity: str = until(
        page, f"() => {{ const r = ({STATE})(); return r && r.seq > 0 && r.id; }}"
    )
    return identity


def state_is(page: Page, *states: str, seconds: float = 60.0) -> None:
    """Wait until the events have led the page to one of these states."""
    until(page, f"(states) => states.includes(({STATE})()?.state)", list(states), seconds)


def finished(page: Page) -> None:
    """Wait until the race is over and the page says so."""
    state_is(page, "finished")
    until(page, "() => document.querySelector('.progress-left').textContent === 'finished'")


def seq_reaches(page: Page, seq: int) -> None:
    """Wait until the page has folded this event."""
    until(page, f"(seq) => ({STATE})()?.seq >= seq", seq)


def log(origin: str, race: str) -> list[dict[str, Any]]:
    """Every event of a race, as the server's log holds it."""
    with urllib.request.urlopen(f"{origin}/api/races/{race}/events?after=0") as reply:
        events: list[dict[str, Any]] = json.load(reply)["events"]
    return events


def series_of(events: list[dict[str, Any]], entrants: int) -> list[dict[str, Any]]:
    """The numbers that a page should hold after these events, in the shape of SERIES."""
    series: list[dict[str, Any]] = [
        {"step": [], "loss": [], "evaluations": []} for _ in range(entrants)
    ]
    for event in events:
        if event["type"] == "steps":
            series[event["entrant"]]["step"] += event["step"]
            series[event["entrant"]]["loss"] += event["loss"]
        elif event["type"] == "evaluation":
            row = [event["step"], event["loss"], event["accuracy"]]
            series[event["entrant"]]["evaluations"].append(row)
    return series


def drawn_lines(page: Page, pane: int) -> list[int]:
    """How many corners each line of a chart has on the screen; panes in reading order."""
    lines: list[int] = page.evaluate(
        """(pane) => [...document.querySelectorAll('.chart-pane')[pane]
          .querySelectorAll('path.js-line')]
          .map((line) => line.getAttribute('d').split(/[ML]/).length - 1)""",
        pane,
    )
    return lines


def is_finite(value: float | None) -> bool:
    """Whether a number came with the event at all, and is one."""
    return value is not None and math.isfinite(value)
