"""Repeats through the page: asked for, run for real, drawn as medians and bands, told apart."""

import re
from statistics import median
from typing import Any

from playwright.sync_api import Page

from tests.browser.driver import screenshot, until
from tests.browser.races import STATE, finished, log, start
from tests.browser.service import Service
from tests.browser.witness import OpenPage

TWO = (
    "/#/training?dataset=shapes&network=paper&train_size=256&epochs=2&batch_size=64&seed=7"
    "&with=momentum&with=adam"
)
BANDS = """() => [...document.querySelectorAll('.chart-pane.large .js-fill')]
  .filter((fill) => fill.getAttribute('d')).length"""
LINES = "() => document.querySelectorAll('.chart-pane.large path.js-line').length"
CURVES = """() => window.thalweg.training.store.get().session.race.runs
  .map((run) => run.evaluations.map(({accuracy}) => accuracy))"""


def tops(events: list[dict[str, Any]], entrant: int) -> float:
    """An entrant's best validation accuracy, by the log."""
    return max(
        event["accuracy"]
        for event in events
        if event["type"] == "evaluation" and event["entrant"] == entrant and event["step"]
    )


def ask(page: Page, repeats: str) -> None:
    box = page.get_by_label("Repeats", exact=True)
    box.fill(repeats)
    box.press("Tab")


def test_a_race_of_three_repeats(open_page: OpenPage, server: Service) -> None:
    page = open_page(TWO)
    assert page.get_by_label("Repeats", exact=True).input_value() == "1"
    assert "times over" not in page.inner_text(".setup-work")
    ask(page, "3")
    assert "seeds 7 to 9: 6 runs, 3 times the work" in page.inner_text(".setup-work")
    assert "&repeats=3" in page.url
    link = page.url
    race = start(page)
    finished(page)
    events = log(server.url, race)
    assert len(page.evaluate(CURVES)) == 6

    # One row, one line and one band for each optimizer; the figures are those of the log.
    until(page, f"() => ({BANDS})() === 2 && ({LINES})() === 2")
    assert page.locator(".board-row:not(.board-head)").count() == 2
    for index, name in enumerate(("Momentum", "Adam")):
        mine = [tops(events, index + 2 * repeat) for repeat in range(3)]
        row = page.locator(".board-row", has_text=name)
        figures = row.locator(".board-score").inner_text()
        assert f"{100 * median(mine):.1f}" in figures
        assert "±" in figures
        each = row.locator(".board-score").get_attribute("title") or ""
        assert all(f"{100 * accuracy:.1f}" in each for accuracy in mine)
    assert "median of 3 repeats" in page.inner_text(".chart-pane.large")
    assert "seeds 7 to 9, fingerprints" in page.inner_text(".fair")

    # Seed by seed, for whoever looks closer.
    assert not page.locator(".each-seed").is_visible()
    page.click("summary:has-text('Each seed')")
    for index, name in enumerate(("Momentum", "Adam")):
        told = page.locator(".each-seed li", has_text=name).inner_text()
        for repeat in range(3):
            assert f"{100 * tops(events, index + 2 * repeat):.1f}" in told
    page.click("summary:has-text('Each seed')")

    # The crosshair reads the band too, in every chart.
    for glass in page.locator(".charts .lens").all():
        glass.press("End")
        said = glass.get_attribute("aria-valuetext") or ""
        assert re.search(r"Momentum [\d.]+.* \([\d.]+.* to [\d.]+.*\)", said), said

    # Shown alone, an optimizer shows its repeats too, and the link keeps it.
    page.click(".board-name >> nth=0")
    until(page, f"() => ({BANDS})() === 1 && ({LINES})() === 4")
    assert "faint: each repeat" in page.inner_text(".chart-pane.large")
    screenshot(page, "training-repeats", whole=True)
    page.reload()
    until(page, f"() => window.thalweg?.training && ({STATE})() && ({LINES})() === 4")
    page.click("summary:has-text('Inside the networks')")
    assert "first of 3 repeats, seed 7" in page.inner_text(".look-intro")

    page.click("text=New race")
    until(page, "() => document.querySelector('.earlier-link')")
    assert page.url == link
    assert "3 repeats" in page.inner_text(".earlier-list")


def test_optimizers_that_the_seeds_do_not_tell_apart_share_a_rank(open_page: OpenPage) -> None:
    """The same rule twice, all but the same rate: their difference is nothing beside the seeds'."""
    twins = TWO.replace("&with=adam", "&with=momentum,lr:0.0100001")
    page = open_page(twins + "&repeats=3")
    start(page)
    finished(page)
    words = until(page, "() => document.querySelector('.board-words').textContent")
    assert "are not told apart by 3 seeds" in words
    assert "the spread is ±" in words
    ranks = page.locator(".board-rank").all_inner_texts()
    assert ranks == ["1=", "1="]
    assert "3 seeds do not tell them apart" in page.inner_text(".race-view .race-sentence")


def test_a_refusal_of_too_many_stands_at_its_field(open_page: OpenPage) -> None:
    page = open_page(TWO)
    ask(page, "11")
    assert "Expected repeats from 1 to 10" in page.inner_text(".setup-form")
    page.click(".race-start")
    assert page.get_by_label("Repeats", exact=True).evaluate(
        "(box) => box === document.activeElement"
    )
    ask(page, "10")
    assert "Expected repeats" not in page.inner_text(".setup-form")
    assert page.locator(".entrants-grid").is_disabled()  # 13 rates, ten times over
    assert "room for 6" in page.inner_text(".entrants-grid-words")
