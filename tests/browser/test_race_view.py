"""A race looked at closely: the one that came with Thalweg, so that nothing has to be trained."""

from playwright.sync_api import Page

from tests.browser.driver import screenshot, until
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
