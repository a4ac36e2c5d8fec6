"""The stopping rules: asked for while their panel is open, told, marked on the curves, linked."""

from playwright.sync_api import Page

from tests.browser.descent import settled, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

TITLES = ("Absolute improvement", "Relative improvement", "Gradient norm", "Step size")
SIGNS = "() => document.querySelectorAll('.curves .chart-sign:is(.square, .diamond, .wedge, .bar)')"


def steps(page: Page) -> list[str]:
    """What the table says, row by row."""
    return page.locator(".stopping-table tbody .stopping-step").all_inner_texts()


def test_open_it_tells_and_marks_closed_it_asks_nothing(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=gradient_descent,adam,lbfgs&steps=1000")
    settled(page)
    assert state(page, "picture")["runs"][0]["trajectory"]["stops"] is None
    page.click(".stopping-panel summary")
    until(page, "() => document.querySelectorAll('.stopping-table tbody tr').length === 3")
    settled(page)
    assert len(steps(page)) == 3 * len(TITLES)
    told = page.evaluate(
        """() => window.thalweg.store.get().picture.runs.flatMap(({trajectory}) =>
             Object.values(trajectory.stops).map((stop) => stop?.step ?? "—"))"""
    )
    assert steps(page) == [str(step) for step in told]
    inside = page.evaluate(
        """() => window.thalweg.store.get().picture.runs.flatMap(({trajectory}) =>
             Object.values(trajectory.stops).filter((s) => s && s.step <= trajectory.lastStep))
           .length"""
    )
    assert inside >= 4
    until(page, f"() => ({SIGNS})().length > 0")
    assert page.evaluate(f"({SIGNS})().length") <= inside
    page.click(".stopping-panel summary")
    until(page, "() => window.thalweg.store.get().picture.runs[0].trajectory.stops === null")
    until(page, f"() => ({SIGNS})().length === 0")
    assert "stop" not in page.url


def test_a_tolerance_and_the_choice_travel_in_the_link(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=lbfgs&steps=1000&stop=gradient_norm:0.5")
    settled(page)
    until(page, "() => document.querySelectorAll('.stopping-table thead th').length === 2")
    (loose,) = steps(page)
    for title in TITLES:
        checked = page.get_by_role("checkbox", name=title).is_checked()
        assert checked == (title == "Gradient norm")
    box = page.get_by_role("textbox", name="tolerance of gradient norm, number")
    box.fill("1e-8")
    box.press("Enter")
    until(page, "() => location.hash.includes('stop=gradient_norm:1e-8')")
    settled(page)
    until(page, "(old) => document.querySelector('.stopping-step').textContent !== old", loose)
    (strict,) = steps(page)
    assert int(strict.replace(",", "")) > int(loose) > 0
    assert page.locator(".stopping-height").all_inner_texts()[-1] == "past its end"
    page.get_by_role("checkbox", name="Step size").check()
    until(page, "() => document.querySelectorAll('.stopping-table thead th').length === 3")
