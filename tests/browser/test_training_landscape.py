"""The landscape of a race whose entrants ran in two workers, drawn with all their paths."""

import json
import urllib.request

from tests.browser.driver import until
from tests.browser.races import log, state_is
from tests.browser.service import Service
from tests.browser.witness import OpenPage

JOB = {
    "train_size": 128, "epochs": 2, "batch_size": 32, "landscape": True,
    "optimizers": [{"name": "momentum"}, {"name": "adam"}],
}  # fmt: skip

PATHS = """() => document.querySelector(".landscape-figure").data
  .filter((trace) => trace.type === "scatter" && trace.mode === "lines+markers")
  .map((trace) => ({x: [...trace.x], y: [...trace.y]}))"""


def test_a_race_ends_in_its_landscape(open_page: OpenPage, server: Service) -> None:
    order = urllib.request.Request(
        f"{server.url}/api/races", json.dumps(JOB).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(order) as reply:
        race = json.load(reply)["id"]
    page = open_page(f"/#/training?race={race}")
    state_is(page, "finished")
    told = [event for event in log(server.url, race) if event["type"] == "landscape"]
    assert [event["side"] for event in told] == [9, 25]
    until(page, "() => document.querySelector('.landscape-figure .main-svg')")
    until(page, f"() => ({PATHS})().length === 2")
    assert page.evaluate(PATHS) == [{"x": path["u"], "y": path["v"]} for path in told[-1]["paths"]]
    assert page.locator(".landscape-ends tbody tr").count() == 2
