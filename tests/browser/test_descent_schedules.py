"""Schedules and noise in the Descent room: chosen, drawn, seeded, and kept in the link."""

from playwright.sync_api import Page, expect

from tests.browser.descent import (
    drag_slider,
    open_drawer,
    paths,
    pixels,
    rectangles,
    settled,
    slider,
    state,
)
from tests.browser.driver import screenshot, until
from tests.browser.witness import OpenPage

# What must not move when the strip appears below it, and what stands above an unfolded row.
STAGE = (".map-plane", ".transport", ".curves", ".scrub", ".sentence-slot")


def _unfold(page: Page, title: str) -> None:
    row = page.get_by_role("listitem").filter(
        has=page.get_by_role("button", name=title, exact=True)
    )
    row.locator(".row-fold").click()


def _address(page: Page) -> str:
    settled(page)
    return page.url[page.url.index("/#") :]


def test_a_schedule_chosen_by_keyboard_changes_one_path_and_is_drawn(page: Page) -> None:
    settled(page)
    strip = page.locator(".rates")
    expect(strip).to_be_hidden()
    before, stood = paths(page), rectangles(page, *STAGE)
    _unfold(page, "Adam")
    picker = page.get_by_label("Schedule of Adam", exact=True)
    picker.focus()
    page.keyboard.type("Cos")
    until(page, "() => location.hash.includes('schedule:cosine')")
    after = paths(page)
    assert after["adam"] != before["adam"]
    assert {name: after[name] for name in after if name != "adam"} == {
        name: before[name] for name in before if name != "adam"
    }
    expect(strip).to_be_visible()
    expect(strip).to_have_attribute(
        "aria-label", "Learning rates over the steps: Adam from 0.2 to 0.002."
    )
    expect(page.locator(".row-schedule:visible")).to_have_text(
        "η falls along half a cosine to 1\u2009%, over 100\u2009% of the steps"
    )
    assert rectangles(page, *STAGE) == stood
    assert page.evaluate(
        """() => {
          const canvas = document.querySelector(".rates canvas");
          const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.some((value) => value > 0);
        }"""
    )
    screenshot(page, "descent-schedule")
    drag_slider(page, "final of the schedule of Adam", 0.95)
    assert paths(page)["adam"] not in (after["adam"], before["adam"])
    picker.select_option("constant")
    assert paths(page) == before
    expect(strip).to_be_hidden()
    assert "schedule" not in page.url


def test_a_line_search_has_no_schedule_to_choose(page: Page) -> None:
    _unfold(page, "L-BFGS")
    expect(page.get_by_label("Schedule of L-BFGS")).to_have_count(0)
    expect(page.get_by_label("Schedule of Adam", exact=True)).to_have_count(1)


def test_schedules_and_noise_come_back_from_their_link(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=himmelblau")
    settled(page)
    for title, name in (("Momentum", "step"), ("Adam", "inverse_time")):
        _unfold(page, title)
        page.get_by_label(f"Schedule of {title}", exact=True).select_option(name)
        settled(page)
    every = page.get_by_label("every of the schedule of Momentum, number")
    every.fill("7")
    every.press("Enter")
    open_drawer(page, "Noise")
    drag_slider(page, "Noise", 0.4)
    page.get_by_label("Seed", exact=True).fill("12")
    page.get_by_label("Seed", exact=True).press("Enter")
    until(page, "() => location.hash.includes('seed=12')")
    address = _address(page)
    other = open_page(address)
    assert paths(other) == paths(page)
    assert pixels(other) == pixels(page)
    assert state(other, "noise") == state(page, "noise") > 0
    assert _address(other) == address
    _unfold(other, "Momentum")
    expect(other.get_by_label("Schedule of Momentum", exact=True)).to_have_value("step")
    expect(other.get_by_label("every of the schedule of Momentum, number")).to_have_value("7")


def test_noise_changes_every_path_and_its_seed_decides_how(page: Page) -> None:
    quiet = paths(page)
    open_drawer(page, "Noise")
    drag_slider(page, "Noise", 0.5)
    assert "noise=" in page.url
    first = paths(page)
    assert all(first[name] != quiet[name] for name in quiet)
    page.get_by_role("button", name="New seed").click()
    until(page, "() => location.hash.includes('seed=')")
    second = paths(page)
    assert all(second[name] != first[name] for name in first)
    seed = page.get_by_label("Seed", exact=True)
    seed.fill("0")
    seed.press("Enter")
    assert paths(page) == first
    slider(page, "Noise").press("Home")
    expect(page.locator(".noise-told")).to_have_text("off")
    expect(page.get_by_label("Seed", exact=True)).to_be_hidden()
    assert paths(page) == quiet
    assert "noise=" not in page.url


def test_noise_is_folded_away_until_there_is_some(open_page: OpenPage) -> None:
    page = open_page()
    settled(page)
    expect(slider(page, "Noise")).to_be_hidden()
    expect(page.get_by_label("Seed", exact=True)).to_be_hidden()
    page.evaluate("() => { location.hash = '#/descent?noise=2'; }")
    expect(slider(page, "Noise")).to_be_visible()
    expect(page.locator(".noise-told")).to_have_text("σ = 2")
    page.go_back()
    expect(slider(page, "Noise")).to_be_hidden()


def test_a_seed_that_is_none_is_told(open_page: OpenPage) -> None:
    page = open_page("/#/descent?noise=2")
    before = paths(page)
    seed = page.get_by_label("Seed", exact=True)
    seed.fill("1.5")
    seed.press("Enter")
    expect(page.locator(".seeds .field-fault").first).to_contain_text("Expected a whole number")
    assert paths(page) == before


def test_back_takes_a_schedule_away_again(page: Page) -> None:
    before = paths(page)
    _unfold(page, "Adam")
    page.get_by_label("Schedule of Adam", exact=True).select_option("exponential")
    until(page, "() => location.hash.includes('schedule:exponential')")
    assert paths(page) != before
    page.go_back()
    until(page, "() => !location.hash.includes('schedule')")
    assert paths(page) == before
    expect(page.get_by_label("Schedule of Adam", exact=True)).to_have_value("constant")
    expect(page.locator(".rates")).to_be_hidden()


def test_a_link_with_a_schedule_at_fault_says_so(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=adam:schedule:cosin,lbfgs:schedule:step&noise=0.1&seed=-2")
    expect(page.get_by_role("status").first).to_contain_text("2 more of the link")
    assert state(page, "noise") == 0.1
    assert state(page, "seed") == 0
    assert set(paths(page)) == {"adam", "lbfgs"}
