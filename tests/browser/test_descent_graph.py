"""The graph panel: a formula walked forward and backward, number by number."""

from playwright.sync_api import expect

from server.scenes import listing
from tests.browser.descent import settled, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage


def test_the_chapters_example_step_by_step(open_page: OpenPage) -> None:
    page = open_page("/")
    page.click(".graph-panel summary")
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 11")
    page.get_by_role("button", name="Example (4.27)").click()
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 9")
    step = page.get_by_role("button", name="Step", exact=True)
    for _ in range(3):
        step.click()
    last = page.locator(".graph-table tbody tr").last.locator("td")
    assert last.nth(1).inner_text() == "1087.499"
    assert last.nth(3).inner_text() == ""
    for _ in range(4):
        step.click()
    assert step.is_disabled()
    gradient = [
        page.locator(".graph-table tbody tr").nth(row).locator("td").nth(3) for row in range(3)
    ]
    assert [cell.inner_text() for cell in gradient] == ["1", "1096.895", "1094.633"]


def test_a_faulty_formula_keeps_the_last_good_graph(open_page: OpenPage) -> None:
    page = open_page("/", expected_errors=["422 (Unprocessable Entity)"])
    page.click(".graph-panel summary")
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 11")
    page.fill("#graph-formula", "x +* y")
    until(page, "() => document.querySelector('#graph-says').textContent.startsWith('Expected')")
    assert page.locator(".graph-table tbody tr").count() == 11
    page.fill("#graph-formula", "p*q")
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 3")
    assert page.inner_text("#graph-says") == ""


def test_what_stands_open_is_in_the_link_and_back_shuts_it(open_page: OpenPage) -> None:
    page = open_page("/")
    panel = page.locator(".graph-panel")
    page.click(".graph-panel summary")
    until(page, "() => location.hash.includes('open=graph')")
    page.get_by_role("region", name="Line search").locator("summary").click()
    until(page, "() => location.hash.includes('open=linesearch,graph')")
    page.reload()
    settled(page)
    expect(panel).to_have_attribute("open", "")
    assert state(page, "open") == ["linesearch", "graph"]
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 11")
    page.go_back()
    until(page, "() => !location.hash.includes('linesearch')")
    assert state(page, "open") == ["graph"]
    page.go_back()
    expect(panel).not_to_have_attribute("open", "")


def test_a_scene_opens_the_panel_on_its_own_formula(open_page: OpenPage) -> None:
    page = open_page("/#/descent?open=graph")
    rows = "(n) => document.querySelectorAll('.graph-table tbody tr').length === n"
    until(page, rows, 11)
    page.fill("#graph-formula", "p*q")
    until(page, rows, 3)
    found = next(card["hash"] for card in listing() if card["id"] == "forward-and-backward")
    page.evaluate("(hash) => { location.hash = hash; }", found)
    until(page, rows, 9)
    settled(page)
    page.get_by_role("button", name="To the end").click()
    adjoints = [
        page.locator(".graph-table tbody tr").nth(row).locator("td").nth(3) for row in range(3)
    ]
    assert [cell.inner_text() for cell in adjoints] == ["1", "1096.895", "1094.633"]


def test_the_panel_follows_the_start_until_a_value_is_typed(open_page: OpenPage) -> None:
    page = open_page("/#/descent?open=graph")
    until(page, "() => document.querySelectorAll('.graph-table tbody tr').length === 11")
    box = page.get_by_role("spinbutton", name="Value of x")
    page.evaluate("() => { location.hash = '#/descent?open=graph&start=0.5,0.25'; }")
    expect(box).to_have_value("0.5")
    box.fill("3")
    page.evaluate("() => { location.hash = '#/descent?open=graph&start=0.75,0.25'; }")
    settled(page)
    expect(box).to_have_value("3")
