"""A race looked at closely: the one that came with Thalweg, so that nothing has to be trained."""

from playwright.sync_api import Page

from tests.browser.driver import ready, screenshot, until
from tests.browser.races import finished
from tests.browser.witness import OpenPage

RECORDED = "/#/training?race=ff1332a3f4aa"


def recorded(open_page: OpenPage, view: str = "", *, width: int = 1440) -> Page:
    """The recorded race of ten entrants, all of its events folded."""
    page = open_page(RECORDED + view, width=width)
    finished(page)
    until(page, "() => document.querySelectorAll('.chart-pane path.js-line').length > 0")
    return page


def test_a_patience_shows_where_each_would_have_stopped(open_page: OpenPage) -> None:
    page = recorded(open_page)
    squares = ".chart-pane:not([hidden]) .chart-sign.stop"
    assert page.locator(squares).count() == 0
    assert page.locator(".board-stop:visible").count() == 0
    page.fill(".patience-box", "10")
    page.keyboard.press("Enter")
    until(page, f"() => document.querySelectorAll('{squares}').length === 9")
    assert "patience=10" in page.url
    assert "9 of 10 would have stopped" in page.inner_text(".stopping-words")
    assert page.locator(".board-stop", has_text="would stop at epoch").count() == 9
    screenshot(page, "race-stopping")
    page.fill(".patience-box", "0")
    page.keyboard.press("Enter")
    assert "from 1 to" in page.inner_text(".charts .field-fault")
    assert page.locator(squares).count() == 9
    page.reload()
    until(page, f"() => document.querySelectorAll('{squares}').length === 9")
    page.fill(".patience-box", "")
    page.keyboard.press("Enter")
    until(page, f"() => document.querySelectorAll('{squares}').length === 0")
    assert "patience" not in page.url


def test_the_target_is_dragged_or_moved_by_keys_and_the_figures_follow(open_page: OpenPage) -> None:
    page = recorded(open_page)
    handle = page.get_by_role("slider", name="Target accuracy")
    assert handle.get_attribute("aria-valuenow") == "60"  # the race's own: the leader's 60.1 %
    assert page.locator(".figures tbody tr").count() == 10
    assert page.locator(".figures td.figures-seconds", has_text="—").count() == 9
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 40, steps=4)
    page.mouse.up()
    dragged = float(handle.get_attribute("aria-valuenow") or "nan")
    assert 40 < dragged < 58
    assert f"target={dragged:g}" in page.url
    assert page.locator(".figures td.figures-seconds", has_text="—").count() < 9
    page.reload()
    ready(page)
    finished(page)
    assert handle.get_attribute("aria-valuenow") == f"{dragged:g}"
    handle.focus()
    page.keyboard.press("ArrowUp")
    assert handle.get_attribute("aria-valuenow") == f"{dragged + 1:g}"
    page.keyboard.press("Delete")
    assert handle.get_attribute("aria-valuenow") == "60"
    assert "target" not in page.url


def test_the_figures_sort_by_a_column_and_fold_on_a_phone(open_page: OpenPage) -> None:
    page = recorded(open_page, "&target=50")
    page.get_by_role("button", name="s per epoch").click()
    cells = page.locator(".figures td.figures-perEpoch").all_inner_texts()
    means = [float(text.split(" ± ")[0]) for text in cells if text != "—"]
    assert len(means) == 9
    assert means == sorted(means)
    assert cells[-1] == "—"
    assert page.locator(".figures th[aria-sort=ascending]").inner_text().startswith("s per epoch")
    screenshot(page, "race-figures", whole=True)
    phone = recorded(open_page, "&target=50", width=420)
    assert not phone.locator(".figures-table").is_visible()
    phone.click(".figures summary")
    assert phone.locator(".figures-table").is_visible()
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 420


def test_the_drawer_of_reasons_shows_a_gauge_of_those_that_have_it(open_page: OpenPage) -> None:
    page = recorded(open_page)
    lines = ".why path.js-line"
    assert page.locator(lines).count() == 0
    page.click(".why summary")
    until(page, f"() => document.querySelectorAll('{lines}').length === 10")
    assert "gauge=gradient_norm" in page.url
    page.get_by_label("Gauge", exact=True).select_option("diagonal")
    until(page, f"() => document.querySelectorAll('{lines}').length === 6")  # two, three lines each
    absent = page.inner_text(".why-absent")
    assert "Momentum" in absent
    assert "AdaHessian" not in absent
    screenshot(page, "race-gauges", whole=True)
    page.reload()
    until(page, f"() => document.querySelectorAll('{lines}').length === 6")
    page.click(".why summary")
    until(page, "() => !location.hash.includes('gauge')")
    assert not page.get_by_label("Gauge", exact=True).is_visible()
