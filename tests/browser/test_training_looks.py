"""Inside the networks: answers, confusions and filters of a race through the page, back in time."""

import base64

from tests.browser.races import SMALL, finished, log, start
from tests.browser.service import Service
from tests.browser.witness import OpenPage

CELLS = """() => [...document.querySelectorAll(".look-confusions tbody tr")].map(
  (row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent || 0)))"""
ANSWERS = """() => [...document.querySelectorAll(".look-answers tbody tr")].map(
  (row) => [...row.querySelectorAll(".look-answer")].map((cell) => cell.textContent))"""


def test_what_the_networks_say_can_be_seen_at_any_epoch(
    open_page: OpenPage, server: Service
) -> None:
    page = open_page(SMALL)
    identity = start(page)
    finished(page)
    page.click(".looks-panel summary")
    events = log(server.url, identity)
    started = next(each for each in events if each["type"] == "started")
    told = [each for each in events if each["type"] == "portrait"]
    assert len(base64.b64decode(started["strip"]["pixels"])) == 10 * 3072

    def shown(entrant: int, epoch: int) -> None:
        portraits = sorted(
            (each for each in told if each["epoch"] == epoch), key=lambda each: each["entrant"]
        )
        assert page.evaluate(CELLS) == portraits[entrant]["confusions"]
        named = [[started["classes"][at] for at in each["named"]] for each in portraits]
        assert page.evaluate(ANSWERS) == named

    assert page.text_content(".look-epoch") == "after epoch 2"
    shown(0, 2)
    page.click(".look-name >> nth=1")
    shown(1, 2)
    page.focus(".look-epochs")
    page.keyboard.press("Home")
    assert page.text_content(".look-epoch") == "before the first step"
    shown(1, 0)
    page.click("text=Newest")
    shown(1, 2)
    assert page.locator(".look-filters canvas").count() == 6
