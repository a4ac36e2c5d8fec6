"""What a newcomer finds open, and the lines below and beside it that open further."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.descent import open_drawer, rectangles, settled, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

RAIL = ["Curvature", "Update rule", "Line search", "Noise on the gradients"]
STAGE = ["Stopping rules", "Computational graph", "Running averages"]


def _titles(page: Page, where: str) -> list[str]:
    lines = page.locator(f"{where} .drawer > summary > span:first-of-type")
    return lines.all_inner_texts()


def test_a_newcomer_finds_a_map_and_sliders_and_everything_else_shut(page: Page) -> None:
    settled(page)
    expect(page.locator(".drawer[open]")).to_have_count(0)
    assert _titles(page, ".rail") == RAIL
    assert _titles(page, ".more") == STAGE
    sliders = page.locator(".rows .slider-range:visible")
    expect(sliders).to_have_count(len(state(page, "entries")))
    assert "open" not in page.url
    # One manner: every line that opens is as high as every other and begins at its column's edge.
    lines = rectangles(page, ".rail .drawer > summary, .more .drawer > summary, .rail .fold")
    assert {round(height) for *_, height in lines if height} == {36}
    assert len({round(x) for x, _, width, _ in lines if width}) == 2


def test_on_a_phone_sliders_come_before_what_unfolds(open_page: OpenPage) -> None:
    page = open_page("/", width=420, height=800)
    settled(page)
    tops = [
        page.locator(where).first.bounding_box()
        for where in (".curves", ".rows", ".rail .drawer", ".more .drawer")
    ]
    heights = [box["y"] for box in tops if box]
    assert len(heights) == 4
    assert heights == sorted(heights)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_has_every_curve_and_holds_a_long_name(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=sigmoid_network_cross_entropy", width=420, height=800)
    settled(page)
    height = rectangles(page, ".transport")
    for choice in ("step", "distance", "angle"):
        page.select_option(".curve-other", choice)
        page.select_option(".curve-over", "evaluations")
        settled(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert rectangles(page, ".transport") == height, "nothing moves when a curve is chosen"


def test_where_nobody_runs_every_drawer_says_so(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=none&open=linesearch,averages,stopping")
    search = page.get_by_role("region", name="Line search")
    expect(search).to_contain_text("Nobody runs")
    expect(search.locator("canvas")).to_be_hidden()
    expect(page.get_by_role("region", name="Learning rate per coordinate")).to_contain_text(
        "No optimizer runs"
    )
    page.get_by_role("button", name="Start with the usual five").click()
    settled(page)
    expect(search.locator("canvas")).to_be_visible()
    expect(page.locator(".stopping-table tbody tr")).to_have_count(5)


@pytest.mark.parametrize("width", [1440, 420])
def test_all_of_them_open_stand_in_the_link_and_come_back(open_page: OpenPage, width: int) -> None:
    page = open_page("/", width=width)
    settled(page)
    for title in (*RAIL, *STAGE):
        open_drawer(page, title)
    expect(page.locator(".drawer[open]")).to_have_count(len(RAIL) + len(STAGE))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    settled(page)
    other = open_page(page.url[page.url.index("/#") :], width=width)
    settled(other)
    assert state(other, "open") == state(page, "open")
    expect(other.locator(".stopping-table")).to_be_visible()
    expect(other.locator(".drawer[open]")).to_have_count(len(RAIL) + len(STAGE))
    page.go_back()
    until(page, "() => document.querySelectorAll('.drawer[open]').length === 6")
    settled(page)
    expect(page.locator(".averages-panel")).not_to_have_attribute("open", "")


def test_the_longest_runs_and_names_fit_their_rows(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=sigmoid_network_cross_entropy&steps=100000&at=100000")
    settled(page)
    title = page.locator(".room-title")
    assert title.evaluate("(one) => one.scrollWidth <= one.clientWidth"), "the formula gives way"
    heights = rectangles(page, ".transport")
    assert heights[0][3] == 32
    for choice in ("step", "distance", "angle"):
        page.select_option(".curve-other", choice)
        settled(page)
        assert rectangles(page, ".transport") == heights


@pytest.mark.parametrize("width", [1100, 900, 780, 420])
def test_nothing_leaves_its_column(open_page: OpenPage, width: int) -> None:
    page = open_page("/#/descent?surface=linear_regression&batch=5&over=evaluations", width=width)
    settled(page)
    for title in (*RAIL, *STAGE):
        open_drawer(page, title)
    expect(page.locator(".stopping-table")).to_be_visible()
    settled(page)
    outside = page.evaluate(
        """() => [".stage", ".rail", ".more"].flatMap((name) => {
          const column = document.querySelector(name);
          const {left, right} = column.getBoundingClientRect();
          const own = ".graph-scroll, .stopping-scroll, .map, .menu, .chart-figure, svg, math";
          return [...column.querySelectorAll("*")].filter((one) => !one.closest(own))
            .filter((one) => one.checkVisibility({visibilityProperty: true}))
            .map((one) => [one.className, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.right > right + 1 || box.left < left - 30))
            .map(([what, {left, right}]) => [name, what, left, right].join(" "));
        })"""
    )
    assert outside == []


def test_a_shut_drawer_stays_shut_though_its_setting_acts(open_page: OpenPage) -> None:
    page = open_page("/#/descent?noise=2&model=on&open=-noise")
    settled(page)
    assert state(page, "open") == ["curvature"]
    line = page.locator(".drawer > summary").filter(has_text="Noise")
    expect(line).to_contain_text("σ = 2")
    open_drawer(page, "Curvature")
    until(page, "() => location.hash.includes('open=-curvature,-noise')")
    page.reload()
    settled(page)
    expect(page.locator(".drawer[open]")).to_have_count(0)
    expect(page.locator(".local-layer")).to_be_visible()
