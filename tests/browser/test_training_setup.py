"""The Training room before a race: the form, its faults, its link, and narrow pages."""

import re

import pytest

from tests.browser.driver import screenshot, until
from tests.browser.races import SMALL, STATE, finished, start
from tests.browser.witness import OpenPage

SESSION = "() => window.thalweg.training.store.get().session === null"


def test_a_number_out_of_bounds_gets_a_sentence_and_starts_nothing(open_page: OpenPage) -> None:
    page = open_page("/#/training")
    box = page.get_by_label("Epochs", exact=True)
    box.fill("0")
    box.press("Tab")
    assert "Expected epochs from 1 to" in page.inner_text(".setup-form")
    page.click(".race-start")
    assert page.evaluate(SESSION)
    assert box.evaluate("(box) => box === document.activeElement")
    box.fill("3")
    box.press("Tab")
    assert "Expected epochs" not in page.inner_text(".setup-form")
    assert "epochs=3" in page.url


def test_a_refusal_of_the_server_stands_at_its_field(open_page: OpenPage) -> None:
    # Every number is in bounds, yet together they are too much work.
    page = open_page(
        "/#/training?dataset=shapes&train_size=4096&epochs=200&batch_size=1&with=adam",
        expected_errors=("422",),
    )
    page.click(".race-start")
    until(page, "() => document.querySelector('.number-field .field-fault:not([hidden])')")
    assert "steps" in page.inner_text(".number-field .field-fault:not([hidden])")
    assert page.evaluate(SESSION)


def test_a_damaged_link_keeps_what_is_good_and_tells_the_rest(open_page: OpenPage) -> None:
    page = open_page("/#/training?dataset=cats&epochs=3&with=adam,lr:0.004&with=newton")
    faults = page.inner_text(".setup-faults")
    assert "got “cats”" in faults
    assert "got “newton”" in faults
    assert page.locator(".entrant").count() == 1
    assert "with=adam,lr:0.004" in page.url


def test_an_unknown_race_gets_a_sentence_and_the_setup(open_page: OpenPage) -> None:
    page = open_page("/#/training?race=nosuchrace", expected_errors=("404",))
    assert "knows no race “nosuchrace”" in page.inner_text(".setup-faults")
    assert page.is_visible(".race-start")


def test_back_undoes_a_change_of_the_configuration(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    slider = page.get_by_label("lr of Adam", exact=True)
    before = page.url
    slider.press("ArrowRight")
    assert page.url != before
    page.go_back()
    until(page, "(url) => location.href === url", before)
    until(
        page,
        "() => document.querySelector('[aria-label=\"lr of Adam, number\"]').value === '0.002'",
    )


def test_optimizers_are_added_twice_and_removed(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    page.click(".entrants-add")
    page.locator(".entrants-choice").filter(has_text=re.compile("^Adam$")).click()
    assert page.locator(".entrant").count() == 4
    page.get_by_label("lr of Adam, number").last.fill("0.01")
    page.keyboard.press("Tab")
    names = page.locator(".entrant-name").all_inner_texts()
    assert "Adam lr 0.002" in names
    assert "Adam lr 0.01" in names
    dashes = page.locator(".entrant .ink-swatch line").last.get_attribute("stroke-dasharray")
    assert dashes
    page.get_by_label("Remove Momentum").click()
    assert page.locator(".entrant").count() == 3
    assert "with=momentum" not in page.url


def test_schedule_and_augmentation_are_set_run_and_in_the_link(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    assert not page.get_by_label("Validation images", exact=True).is_visible()  # folded at first
    page.click("summary:has-text('Validation and augmentation')")
    for label, value in (("Validation images", "256"), ("Crop in pixels", "2")):
        page.get_by_label(label, exact=True).fill(value)
        page.keyboard.press("Tab")
    page.get_by_label("Mirror images").check()
    page.locator(".entrant-more").nth(1).click()
    page.get_by_label("Schedule of Adam", exact=True).select_option("cosine")
    page.get_by_label("final of the schedule of Adam, number").fill("0.1")
    page.keyboard.press("Tab")
    assert "falls along half a cosine to 10" in page.inner_text(".entrant-schedule:not([hidden])")
    for part in ("validation_size=256", "crop=2", "flip=1"):
        assert part in page.url
    assert "with=adam,schedule:cosine,schedule.final:0.1&" in page.url
    link = page.url
    race = start(page)
    finished(page)
    asked = page.evaluate(f"() => ({STATE})().request")
    assert (asked["validation_size"], asked["crop"], asked["flip"]) == (256, 2, True)
    assert asked["optimizers"][1]["schedule"] == {"name": "cosine", "horizon": 1, "final": 0.1}
    assert "falls along half a cosine" in page.inner_text(".race-facts")
    page.click("text=New race")
    until(page, "(id) => document.querySelector(`.earlier-link[href*='${id}']`)", race)
    assert page.url == link
    assert page.get_by_label("Validation images", exact=True).input_value() == "256"
    page.reload()
    until(page, "() => window.thalweg?.training?.store.get().configuration.crop === 2")
    assert page.get_by_label("Crop in pixels", exact=True).is_visible()
    assert page.get_by_label("Schedule of Adam", exact=True).input_value() == "cosine"


def test_more_validation_images_leave_fewer_to_train_on(open_page: OpenPage) -> None:
    page = open_page("/#/training?dataset=shapes&train_size=4000&validation_size=2000&with=adam")
    assert "training images from 1 to 3120" in page.inner_text(".setup-faults")
    page.get_by_label("Validation images", exact=True).fill("5000")
    page.keyboard.press("Tab")
    assert "Expected training images from 1 to 120" in page.inner_text(".setup-form")


def test_a_finished_race_is_among_the_earlier_ones(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    race = start(page)
    finished(page)
    page.click("text=New race")
    until(page, "(id) => document.querySelector(`.earlier-link[href*='${id}']`)", race)
    assert page.url.endswith(SMALL.removeprefix("/"))
    page.click(f".earlier-link[href*='{race}']")
    finished(page)


@pytest.mark.parametrize("width", [420, 800, 1100])
def test_nothing_runs_over_the_edge_of_a_narrow_page(open_page: OpenPage, width: int) -> None:
    page = open_page(SMALL, width=width, scheme="dark")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    start(page)
    finished(page)
    until(page, "() => document.querySelectorAll('.chart-pane.large path.js-line').length === 3")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    screenshot(page, f"training-{width}", whole=True)


def test_nothing_moves_while_data_arrives(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    page.click(".race-start")
    until(page, "() => document.querySelector('.race-view:not([hidden]) .chart-pane')")
    places = """() => [...document.querySelectorAll('.chart-frame, .progress-line, .board')]
      .filter((e) => e.checkVisibility()).map((e) => Math.round(e.getBoundingClientRect().top))"""
    before = page.evaluate(places)
    finished(page)
    assert page.evaluate(places) == before
