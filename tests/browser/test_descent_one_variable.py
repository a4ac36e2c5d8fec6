"""A function of one variable: its graph in the map's place, a start that slides, f′ and f″."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.descent import drag, open_drawer, paths, settled, state
from tests.browser.driver import frames, screenshot, until
from tests.browser.witness import OpenPage

CUBIC = "/#/descent?surface=newton_example"
NEWTON = CUBIC + "&run=newton,secant:offset:0.1"

_GRAPH = """
() => {
  const {geometry} = window.thalweg.descent.profile;
  const line = document.querySelectorAll(".profile .scatterlayer .js-line");
  return {...geometry(), lines: line.length};
}
"""
_NUMBERS = "() => [...document.querySelectorAll('.bend-numbers dd')].map((one) => one.textContent)"
_NEAR = """
([x, y]) => {
  const canvas = document.querySelector(".profile .local-layer");
  const bounds = canvas.getBoundingClientRect();
  const ratio = canvas.width / bounds.width;
  const [left, top] = [(x - bounds.left) * ratio, (y - bounds.top) * ratio].map(Math.round);
  const {data} = canvas.getContext("2d").getImageData(left - 1, top - 1, 3, 3);
  return Array.from(data).filter((_, i) => i % 4 === 3).some((alpha) => alpha > 0);
}
"""


def _pixel(page: Page, x: float) -> tuple[float, float]:
    left, top = page.evaluate("(x) => window.thalweg.descent.profile.pixel(x)", x)
    return left, top


def _iterates(page: Page, name: str) -> list[float]:
    return list(paths(page)[name][2][::7])


def _at(page: Page, step: int) -> None:
    page.evaluate("(step) => window.thalweg.descent.store.set({step})", step)
    frames(page, 3)


def test_the_graph_stands_in_the_map_s_place_with_every_iterate_on_it(open_page: OpenPage) -> None:
    page = open_page(NEWTON)
    settled(page)
    expect(page.get_by_role("group", name="Graph of the function")).to_be_visible()
    expect(page.get_by_role("group", name="Map of the surface")).to_be_hidden()
    expect(page.get_by_text("3-D", exact=True)).to_be_hidden()
    expect(page.locator(".level-key")).to_be_hidden()
    expect(page.get_by_label("y of the start")).to_be_hidden()
    graph = page.evaluate(_GRAPH)
    assert graph["x"] == [-3, 6]
    assert graph["y"][0] < 0 < 81 < graph["y"][1]
    assert graph["lines"] == 2  # the graph, and the foot of the ground below it
    x = _iterates(page, "newton")
    np.testing.assert_allclose(x[:5], [1.5, 5.25, 3.5956, 3.0683, 3.0011], atol=5e-5)
    _at(page, 5)
    assert all(page.evaluate(_NEAR, _pixel(page, each)) for each in x[:3])
    left, top = _pixel(page, 4.0)
    assert not page.evaluate(_NEAR, [left, top]), "where no iterate is, there is no dot"
    assert not page.evaluate(_NEAR, [left, top - 60])
    screenshot(page, "one-variable")


def test_the_start_slides_along_x_and_back_undoes_the_drag(open_page: OpenPage) -> None:
    page = open_page(CUBIC)
    before = paths(page)
    drag(page, _pixel(page, 1.5), _pixel(page, 4.5))
    x, y = state(page, "start")
    assert abs(x - 4.5) < 0.02
    assert y == 0
    assert f"start={x:g},0" in page.url
    assert paths(page) != before
    page.go_back()
    until(page, "() => window.thalweg.descent.store.get().start[0] === 1.5")
    assert paths(page) == before
    x = 1.5
    handle = page.get_by_role("slider", name="Start point")
    for key, way in (("ArrowRight", 1), ("ArrowDown", -1), ("Shift+ArrowLeft", -5)):
        handle.press(key)
        settled(page)
        there = state(page, "start")
        assert there[0] - x == pytest.approx(way * 9 / 80, abs=0.02)
        assert there[1] == 0
        x = there[0]


def test_zoom_comes_closer_along_x_and_fits_the_graph_anew(open_page: OpenPage) -> None:
    page = open_page(CUBIC)
    settled(page)
    before = page.evaluate(_GRAPH)
    page.mouse.move(*_pixel(page, 3.0))
    page.keyboard.down("Control")
    for _ in range(5):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    until(page, "() => window.thalweg.descent.store.get().zoom")
    settled(page)
    closer = page.evaluate(_GRAPH)
    assert closer["x"][0] > before["x"][0]
    assert closer["x"][1] < before["x"][1]
    assert closer["y"][1] < before["y"][1] / 2
    # The address of a gesture is written anew at most once a second.
    until(
        page,
        """() => location.hash.includes(
          "zoom=" + window.thalweg.descent.store.get().zoom[0].map((side) =>
            Number(side.toPrecision(8))).join(","))""",
    )
    other = open_page(page.url[page.url.index("/#") :])
    settled(other)
    np.testing.assert_allclose(other.evaluate(_GRAPH)["y"], closer["y"], rtol=1e-6)
    page.get_by_role("button", name="Whole view").click()
    settled(page)
    assert page.evaluate(_GRAPH)["x"] == before["x"]


def test_the_inspector_tells_slope_bend_and_what_the_step_believes(open_page: OpenPage) -> None:
    page = open_page(NEWTON + "&at=0&inspect=newton&model=on")
    settled(page)
    assert page.evaluate(_NUMBERS) == ["−11.3", "3", "3.75", "3"]
    expect(page.locator(".one-sentence").first).to_contain_text("lowest point of the parabola")
    expect(page.locator(".local-picture")).to_have_count(0)
    # The parabola that the step believes in touches the curve here and runs below it.
    plane = page.evaluate(_GRAPH)
    x, f = 2.4, 10.125 - 11.25 * 0.9 + 1.5 * 0.9**2
    left, top = _pixel(page, x)
    low, high = plane["y"]
    below = (((x - 3) ** 2 * (x + 3)) - f) / (high - low) * plane["height"]
    column = [
        page.evaluate(_NEAR, [left + dash, top + below]) for dash in range(-6, 7)
    ]  # dashed: one of a few neighbours is inked
    assert any(column)
    page.get_by_label("Optimizer to inspect").select_option(label="Secant")
    settled(page)
    _at(page, 3)
    iterates = _iterates(page, "secant")
    (a, b), (_, c) = list(pairwise(iterates[2:5]))
    slope = [3 * (each - 3) * (each + 1) for each in (a, b)]
    chord = (slope[1] - slope[0]) / (b - a)
    shown: list[Any] = page.evaluate(_NUMBERS)
    assert float(shown[3].replace("−", "-")) == pytest.approx(chord, rel=6e-3)
    assert c == pytest.approx(b - slope[1] / chord, rel=1e-5)
    page.get_by_text("All", exact=True).click()
    expect(page.locator("table.inspector thead th").last).to_have_text("x")


def test_from_line_to_plane_and_back_and_who_cannot_come_along_is_named(
    open_page: OpenPage,
) -> None:
    page = open_page(NEWTON)
    line = paths(page)
    page.locator(".picker").click()
    page.get_by_role("menuitemradio", name="Beale").click()
    settled(page)
    expect(page.locator(".profile")).to_have_count(0)
    expect(page.get_by_role("group", name="Map of the surface")).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("Secant: for functions of one")
    assert list(paths(page)) == ["newton"]
    page.go_back()
    until(page, "() => window.thalweg.descent.store.get().surface === 'newton_example'")
    assert paths(page) == line
    open_drawer(page, "Computational graph")
    page.get_by_role("button", name="This surface").click()
    expect(page.locator("#graph-formula")).to_have_value("(x - 3)^2*(x + 3)")


def test_a_phone_holds_the_graph(open_page: OpenPage) -> None:
    page = open_page(CUBIC, width=420, scheme="dark")
    settled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_role("slider", name="Start point")).to_be_visible()
    screenshot(page, "one-variable-phone", whole=True)
