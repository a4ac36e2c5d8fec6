"""Stability on the sliders: two ticks, exact rates on a quadratic, and an optimum to click."""

import pytest

from tests.browser.descent import settled, slider, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

TICKS = """
() => [...document.querySelectorAll(".row")].map((row) =>
  [".slider-limit", ".slider-limit-minimum"].map((name) => {
    const tick = row.querySelector(`.row-line ${name}`);
    return tick.hidden ? null : tick.getBoundingClientRect().x;
  }))
"""


def test_the_limit_at_the_minimum_has_its_tick(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=gradient_descent,momentum,adam")
    settled(page)
    plain, heavy, adam = page.evaluate(TICKS)
    assert adam == [None, None]
    box = slider(page, "lr of Gradient descent").bounding_box()
    assert box
    # 1506.4 at the start and 1001.6 at the minimum: log10 of their ratio of a track of six decades.
    for start, minimum in (plain, heavy):
        assert (minimum - start) / (box["width"] - 14) == pytest.approx(0.1772 / 6, abs=2e-3)
    page.get_by_role("button", name="Update rule and source of Gradient descent").click()
    told = page.locator(".row-theory").first.inner_text()
    assert told.startswith("Steps are stable below 0.00133 at the start, and below 0.002")


def test_on_a_quadratic_the_optimum_is_one_click_away(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=quadratic&run=momentum&steps=300")
    settled(page)
    assert not page.get_by_role("button", name="Take the quickest values for Momentum").is_visible()
    page.get_by_role("button", name="2 more of Momentum: momentum, dampening").click()
    told = page.locator(".row-theory").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert "of the error every way (λ = 1 and 20)" in told
    before = state(page, "picture")["runs"][0]["trajectory"]["ending"]["step"]
    take = page.get_by_role("button", name="Take the quickest values for Momentum")
    take.click()
    until(page, "() => window.thalweg.store.get().entries[0].values.momentum < 0.5")
    settled(page)
    values = state(page, "entries")[0]["values"]
    root = 20**0.5
    assert values["lr"] == pytest.approx(4 / (1 + root) ** 2)
    assert values["momentum"] == pytest.approx(((root - 1) / (root + 1)) ** 2)
    ending = state(page, "picture")["runs"][0]["trajectory"]["ending"]
    assert ending["reason"] == "converged"
    assert ending["step"] < before / 3
    assert take.is_disabled()
    assert f"momentum:{values['momentum']}" in page.url.replace("%3A", ":")
    page.go_back()
    until(page, "() => window.thalweg.store.get().entries[0].values.momentum > 0.5")
