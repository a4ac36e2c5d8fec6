"""The Scenes room: every link opens its scene, and the gallery can be filtered, walked and seen."""

import math
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.descent import NamedSurface, run
from core.optimizers import Optimizer
from core.scenes import SCENES, DescentScene, RaceScene
from core.training.data import dataset
from server.scenes import listing
from tests.browser.descent import drag_slider, settled, state
from tests.browser.driver import frames, screenshot, until
from tests.browser.witness import OpenPage

DESCENTS = [each for each in SCENES if isinstance(each, DescentScene)]
RACES = [each for each in SCENES if isinstance(each, RaceScene)]
HASHES = {card["id"]: card["hash"] for card in listing()}

_SEEN = """
() => {
  const {surface, formula, parameters, start, steps, step, zoom, open, entries, picture} =
    window.thalweg.descent.store.get();
  return {
    surface, formula, parameters, start, steps, step, zoom, open,
    optimizers: entries.filter(({on}) => on).map(({name, values, schedule}) => ({
      name, ...values, ...(schedule ? {schedule: {name: schedule.name, ...schedule.values}} : {}),
    })),
    runs: picture.runs.map(({trajectory: {ending, lastStep, final}}) =>
      [ending.reason, lastStep, final.x, final.y, final.value]),
  };
}
"""

# Drawn pixels of a card: how many of its picture's colours differ from one another.
_COLOURS = """
(canvas) => {
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) {
    seen.add(data[i] * 65536 + data[i + 1] * 256 + data[i + 2]);
  }
  return seen.size;
}
"""

# A canvas that was never drawn on has the width of its birth.
_BLANK = """
() => [...document.querySelectorAll(".card-canvas")].filter(({width}) => width === 300).length
"""

_DRAWN = """
() => window.thalweg.scenes.settled()
  && [...document.querySelectorAll(".card-canvas")].some(({width}) => width !== 300)
"""


def _expected(one: DescentScene) -> dict[str, Any]:
    request = one.request()
    named = isinstance(request.surface, NamedSurface)
    runs = []
    for each in run(request).trajectories:
        x, y, value = map(float, each.rows[-1, :3])
        runs.append([each.ending.reason, each.ending.step, x, y, value])
    return {
        "surface": request.surface.name if isinstance(request.surface, NamedSurface) else None,
        "formula": "" if named else one.formula,
        "parameters": request.surface.parameters,
        "start": list(request.start),
        "steps": request.steps,
        "step": request.steps if one.at is None else one.at,
        "zoom": None if one.zoom is None else [list(side) for side in one.zoom],
        "open": ["curvature"] * one.model + [*one.open] + ["averages"] * (one.average is not None),
        "optimizers": [_asked(each) for each in request.optimizers],
        "runs": runs,
    }


def _asked(one: Optimizer) -> dict[str, Any]:
    schedule = one.schedule
    return {**one.model_dump(), **({"schedule": schedule.model_dump()} if schedule else {})}


def test_every_link_opens_its_scene(open_page: OpenPage) -> None:
    """Python writes the links, JavaScript reads them: both must mean the same descents."""
    page = open_page("/" + HASHES[DESCENTS[0].id])
    for one in DESCENTS:
        page.evaluate("(hash) => { location.hash = hash; }", HASHES[one.id])
        until(page, "(id) => window.thalweg.descent.store.get().scene === id", one.id)
        settled(page)
        seen, expected = page.evaluate(_SEEN), _expected(one)
        for key in expected:
            assert _equal(seen[key], expected[key]), f"{one.id}, {key}: {seen[key]}"
        expect(page.locator(".toast.shown")).to_have_count(0)
        expect(page.locator(".scene-told")).to_contain_text(one.title)


def _equal(seen: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return seen.keys() == expected.keys() and all(_equal(seen[k], expected[k]) for k in seen)
    if isinstance(expected, list):
        return len(seen) == len(expected) and all(map(_equal, seen, expected))
    if isinstance(expected, float):
        # Numbers of a path travel as they are; only such as no JSON can say are left out.
        return seen is None if not math.isfinite(expected) else seen == expected
    return bool(seen == expected)


@pytest.mark.parametrize("one", RACES, ids=lambda each: each.id)
def test_a_race_is_set_up_as_its_scene_says(open_page: OpenPage, one: RaceScene) -> None:
    page = open_page("/" + HASHES[one.id])
    wanted = one.job().model_dump(mode="json")
    images = dataset(wanted["dataset"])
    wanted["train_size"] = wanted["train_size"] or images.train
    wanted["validation_size"] = wanted["validation_size"] or images.validation
    found = page.evaluate("() => window.thalweg.training.store.get().configuration")
    assert found == wanted
    expect(page.locator(".race-start")).to_be_visible()


def test_the_gallery_draws_what_scrolls_into_view(open_page: OpenPage) -> None:
    page = open_page("/#/scenes")
    until(page, _DRAWN)
    expect(page).to_have_title("Scenes · Thalweg")
    assert page.locator(".card").count() == len(SCENES)
    blank = page.evaluate(_BLANK)
    assert 0 < blank < len(SCENES), "cards far below are not drawn before they are near"
    for one in SCENES:
        page.locator(f'[data-id="{one.id}"]').scroll_into_view_if_needed()
        frames(page)
    until(page, "() => window.thalweg.scenes.settled()")
    for one in DESCENTS:
        colours = page.locator(f'[data-id="{one.id}"] canvas').evaluate(_COLOURS)
        assert colours > 20, f"{one.id} shows {colours} colours"
    entrants = sum(len(one.race["optimizers"]) for one in RACES)
    expect(page.locator(".card-entrant")).to_have_count(entrants)
    screenshot(page, "scenes", whole=True)


def test_the_filter_is_in_the_address_and_back_undoes_it(open_page: OpenPage) -> None:
    page = open_page("/#/scenes?from=slides")
    slides = sum(each.source.document == "Slides" for each in SCENES)
    expect(page.locator(".card:visible")).to_have_count(slides)
    chosen = page.get_by_role("radio", name=f"Slides {slides}")
    expect(chosen).to_have_attribute("aria-checked", "true")
    chosen.press("ArrowLeft")
    assert page.url.endswith("#/scenes?from=paper")
    expect(page.locator(".card:visible")).to_have_count(1)
    page.go_back()
    expect(page.locator(".card:visible")).to_have_count(slides)
    page.get_by_role("radio", name=f"All {len(SCENES)}").click()
    assert page.url.endswith("#/scenes")
    expect(page.locator(".card:visible")).to_have_count(len(SCENES))


def test_a_card_opens_by_key_and_back_returns_to_its_place(open_page: OpenPage) -> None:
    page = open_page("/#/scenes")
    card = page.locator('[data-id="beale-race"]')
    card.scroll_into_view_if_needed()
    card.focus()
    before = page.evaluate("() => scrollY")
    assert before > 0
    page.keyboard.press("Enter")
    until(page, "() => window.thalweg?.descent?.store.get().scene === 'beale-race'")
    settled(page)
    assert page.evaluate("() => scrollY") == 0
    expect(page.locator(".scene-told")).to_contain_text("Scene: Beale’s function.")
    page.go_back()
    expect(card).to_be_focused()
    until(page, "(y) => Math.abs(scrollY - y) < 2", before)
    expect(page.get_by_role("link", name="Scenes")).to_have_attribute("aria-current", "page")


def test_a_changed_scene_is_no_longer_called_one(open_page: OpenPage) -> None:
    page = open_page("/" + HASHES["look-ahead"])
    settled(page)
    told = page.locator(".scene-told")
    expect(told).to_contain_text("Look before you roll")
    page.get_by_role("slider", name="Step").press("ArrowLeft")
    expect(told).to_be_visible()
    drag_slider(page, "lr of Nesterov", 0.2)
    expect(told).to_be_hidden()
    assert state(page, "scene") is None
    until(page, "() => !location.hash.includes('scene=')")


def _overflow(page: Page) -> int:
    found: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_gallery_fits_a_phone_and_changes_with_the_theme(
    open_page: OpenPage, scheme: Any
) -> None:
    page = open_page("/#/scenes", width=420, scheme=scheme)
    until(page, _DRAWN)
    assert _overflow(page) == 0
    boxes = [box.bounding_box() for box in page.locator(".scenes .segment").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 420 for box in boxes)
    first = page.locator(".card-canvas").first
    pixel = "(canvas) => [...canvas.getContext('2d').getImageData(2, 2, 1, 1).data]"
    before = first.evaluate(pixel)
    page.get_by_role("button", name="Change between light and dark").click()
    after = first.evaluate(pixel)
    assert sum(before[:3]) > 500 or scheme == "dark"
    assert abs(sum(before[:3]) - sum(after[:3])) > 300
    screenshot(page, f"scenes-phone-{scheme}")


def test_without_an_answer_the_room_says_so(open_page: OpenPage) -> None:
    page = open_page(expected_errors=("ERR_FAILED",))
    page.route("**/api/scenes", lambda route: route.abort())
    page.get_by_role("link", name="Scenes").click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
    page.unroute("**/api/scenes")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".card")).to_have_count(len(SCENES))


def test_the_skip_link_stays_in_the_room(open_page: OpenPage) -> None:
    page = open_page("/#/scenes?from=thalweg")
    page.locator(".skip").press("Enter")
    expect(page.locator("#room")).to_be_focused()
    assert page.url.endswith("#/scenes?from=thalweg")
