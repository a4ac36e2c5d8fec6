"""The Descent room by hand: sliders, start point, legend, playhead, and Back as undo."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.descent import (
    drag,
    drag_slider,
    paths,
    pixel,
    pixels,
    rectangles,
    settled,
    slider,
    state,
)  # fmt: skip
from tests.browser.driver import until
from tests.browser.witness import OpenPage


def test_the_first_picture_is_whole(page: Page) -> None:
    found = paths(page)
    assert list(found) == ["gradient_descent", "momentum", "rmsprop", "adam", "lbfgs"]
    assert not [name for name, (reason, *_) in found.items() if reason in ("diverged", "left_view")]
    assert all(drawn > 500 for _, _, drawn, _ in pixels(page))
    expect(page.locator(".sentence")).to_contain_text("L-BFGS arrives after")
    expect(page.locator(".outcome-text")).to_have_count(5)
    assert page.url.endswith("/") or page.url.endswith("#/descent")
    page.get_by_role("radio", name="All").click()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(5)


def test_dragging_a_slider_changes_the_paths_and_back_undoes_it(page: Page) -> None:
    before, picture = paths(page), pixels(page)
    places = rectangles(page, ".picture", ".transport", ".curves", ".row")
    drag_slider(page, "lr of Adam", 0.55)
    after = paths(page)
    assert after["adam"] != before["adam"]
    assert {**after, "adam": None} == {**before, "adam": None}
    assert pixels(page) != picture
    assert "run=" in page.url
    assert rectangles(page, ".picture", ".transport", ".curves", ".row") == places
    page.go_back()
    until(page, "() => !location.hash.includes('run=')")
    assert paths(page) == before
    assert pixels(page) == picture
    page.go_forward()
    until(page, "() => location.hash.includes('run=')")
    assert paths(page) == after


def test_dragging_the_start_changes_every_path(page: Page) -> None:
    before = paths(page)
    drag(page, pixel(page, -1.2, 1), pixel(page, 0.5, 0.9))
    after = paths(page)
    assert all(after[name] != before[name] for name in before)
    x, y = state(page, "start")
    assert abs(x - 0.5) < 0.01
    assert abs(y - 0.9) < 0.01
    assert f"start={x:g},{y:g}" in page.url
    page.go_back()
    until(page, "() => !location.hash.includes('start=')")
    assert paths(page) == before


def test_a_click_on_the_map_moves_the_start(page: Page) -> None:
    page.mouse.click(*pixel(page, 1.5, 0.25))
    settled(page)
    x, y = state(page, "start")
    assert abs(x - 1.5) < 0.01
    assert abs(y - 0.25) < 0.01


def test_the_start_by_keys_and_by_numbers(page: Page) -> None:
    handle = page.get_by_role("slider", name="Start point")
    handle.focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    by_key = state(page, "start")[0] - -1.2
    assert 0.02 < by_key < 0.1
    page.keyboard.press("Shift+ArrowLeft")
    settled(page)
    assert abs(state(page, "start")[0] - (-1.2 + by_key - 5 * by_key)) < 0.01
    page.get_by_label("x of the start").fill("0.25")
    page.get_by_label("x of the start").press("Enter")
    settled(page)
    assert state(page, "start")[0] == 0.25


def test_number_box_reset_and_keys_of_a_slider(page: Page) -> None:
    before = paths(page)
    box = page.get_by_label("lr of Adam, number")
    box.fill("99")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="from 0.00001 to 10")).to_be_visible()
    assert paths(page) == before
    box.fill("0.05")
    box.press("Enter")
    assert paths(page)["adam"] != before["adam"]
    slider(page, "lr of Adam").press("Delete")
    assert paths(page) == before


def test_the_legend_switches_isolates_adds_and_removes(page: Page) -> None:
    everything = paths(page)
    swatch = page.get_by_role("button", name="Show RMSprop")
    expect(swatch).to_have_attribute("aria-pressed", "true")
    swatch.click()
    expect(swatch).to_have_attribute("aria-pressed", "false")
    assert "rmsprop" not in paths(page)
    swatch.click()
    page.get_by_role("button", name="Adam", exact=True).click()
    assert list(paths(page)) == ["adam"]
    page.get_by_role("button", name="Adam", exact=True).click()
    assert paths(page) == everything
    page.get_by_role("button", name=re.compile(r"^\d+ more (?!of )")).click()
    page.get_by_role("button", name="Add Newton", exact=True).click()
    assert "newton" in paths(page)
    page.get_by_role("button", name="of Newton: ").or_(
        page.get_by_role("button", name="Update rule and source of Newton")
    ).first.click()
    page.locator(".row", has_text="Newton").get_by_role("button", name="Remove").click()
    assert paths(page) == everything


def test_nothing_running_is_a_state_with_a_way_out(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=none")
    expect(page.locator(".empty")).to_contain_text("Nothing is running down yet.")
    assert pixels(page)[0][2] == 0
    page.get_by_role("button", name="Start with the usual five").click()
    assert len(paths(page)) == 5


def test_play_pause_and_scrub_by_keyboard(page: Page) -> None:
    page.locator("#room").focus()
    start = state(page, "step")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    until(page, "(step) => window.thalweg.descent.store.get().step > step", start)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    paused = state(page, "step")
    scrub = page.get_by_role("slider", name="Step")
    scrub.press("ArrowRight")
    assert state(page, "step") == paused + 1
    scrub.press("End")
    assert state(page, "step") == 1000
    scrub.press("Home")
    assert state(page, "step") == 0
    expect(page.get_by_role("heading", name="At step 0")).to_be_visible()
    first = pixels(page)
    scrub.press("End")
    assert pixels(page)[1] != first[1]
    until(page, "() => location.hash.includes('at=1000')")


def test_where_motion_is_unwelcome_play_jumps_to_the_end(open_page: OpenPage) -> None:
    page = open_page(reduced_motion=True)
    page.get_by_role("button", name="Play").click()
    assert state(page, "step") == 1000
    assert state(page, "playing") is False


def test_another_surface_by_keyboard(page: Page) -> None:
    page.locator(".picker").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settled(page)
    assert state(page, "surface") == "long_valley"
    expect(page.get_by_role("heading", level=1)).to_have_text("Long valley")
    expect(page.locator(".picker")).to_be_focused()
    page.go_back()
    until(page, "() => window.thalweg.descent.store.get().surface === 'rosenbrock'")


def test_a_surface_parameter_moves_ground_and_paths(page: Page) -> None:
    before = paths(page)
    slider(page, "b: how steep the valley's walls are").press("Home")
    after = paths(page)
    assert all(after[name] != before[name] for name in before)
    assert "p=b:1" in page.url


@pytest.mark.parametrize("surface", ["beale", "saddle", "two_wells", "rastrigin", "peaks"])
def test_no_surface_diverges_with_its_own_defaults(open_page: OpenPage, surface: str) -> None:
    page = open_page(f"/#/descent?surface={surface}")
    reasons = {reason for reason, *_ in paths(page).values()}
    # A saddle has no floor: who leaves it downhill has done what can be done there.
    assert reasons <= {"converged", "step_budget", *(["left_view"] if surface == "saddle" else [])}
    assert all(drawn > 100 for _, _, drawn, _ in pixels(page))
