"""The graph panel: a formula walked forward and backward, number by number."""

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
