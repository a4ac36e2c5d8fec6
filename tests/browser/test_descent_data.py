"""Sums over data in the Descent room: points and hull on the map, and models laid to the rows."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.formula import compile, parse
from core.surfaces import SURFACES, Surface
from core.surfaces.pictures import Model
from tests.browser.descent import settled, slider
from tests.browser.driver import until
from tests.browser.witness import OpenPage

MODELS = [each for each in SURFACES if isinstance(each.picture, Model)]

_INK = """
(selector) => {
  const canvas = document.querySelector(selector);
  if (canvas.hidden) return 0;
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) drawn += 1;
  return drawn;
}
"""

_PIXELS = """
() => document.querySelector(".data-picture").toDataURL()
"""

_EVALUATED = """
async ([name, points]) => {
  const {evaluate} = await import("/frontend/program.js");
  const catalogue = await (await fetch("/api/catalogue")).json();
  const {output} = catalogue.surfaces.find((each) => each.name === name).data.model;
  return points.map((values) => evaluate(output, values));
}
"""


def test_points_and_hull_stand_on_the_map_of_that_surface_alone(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=least_squares_points")
    settled(page)
    apart = page.evaluate(_INK, ".points-layer")
    assert apart > 1000
    expect(page.locator(".map-label", has_text="data, convex hull")).to_be_visible()
    slider(page, "spread: how far the points lie apart; 0: all are one").press("Home")
    settled(page)
    assert 0 < page.evaluate(_INK, ".points-layer") < apart / 4
    expect(page.locator(".map-label", has_text="hull")).to_have_count(0)
    page.evaluate("() => { location.hash = '#/descent?surface=beale'; }")
    until(page, "() => document.querySelector('.points-layer').hidden")


def test_the_inset_is_folded_at_first_and_follows_the_playhead(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=linear_regression")
    settled(page)
    inset = page.get_by_role("complementary", name="Data and model")
    picture = page.locator(".data-picture")
    expect(picture).to_be_hidden()
    inset.locator("summary").click()
    expect(picture).to_be_visible()
    until(page, "() => location.hash.includes('open=data')")
    _changes(page, lambda: page.get_by_role("slider", name="Step").press("End"))
    _changes(page, lambda: page.get_by_role("slider", name="Step").press("Home"))
    _changes(page, lambda: page.get_by_role("button", name="Change between light and dark").click())
    page.evaluate("() => { location.hash = '#/descent?open=data'; }")
    expect(inset).to_be_hidden()


def _changes(page: Page, act: Any) -> None:
    before = page.evaluate(_PIXELS)
    act()
    until(page, "(old) => document.querySelector('.data-picture').toDataURL() !== old", before)


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.name)
def test_the_page_evaluates_the_model_as_the_engine_does(page: Page, each: Surface) -> None:
    assert isinstance(each.picture, Model)
    model = compile(parse(each.picture.output, dict.fromkeys(each.picture.inputs, 0.0)))
    points = [
        {"x": x, "y": y, **dict.fromkeys(each.picture.inputs, s)}
        for x, y, s in ((0.5, -1.5, 2.0), (-7.0, 6.5, 0.25), (3.0, 0.0, -1.0))
    ]
    inputs = each.picture.inputs
    wanted = [
        model.evaluate(at["x"], at["y"], {name: at[name] for name in inputs})[0] for at in points
    ]
    assert page.evaluate(_EVALUATED, [each.name, points]) == pytest.approx(wanted, rel=1e-14)
