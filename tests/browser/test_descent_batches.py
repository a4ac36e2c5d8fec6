"""Minibatches in the Descent room: offered for sums over data alone, and kept in the link."""

from playwright.sync_api import Page, expect

from tests.browser.descent import paths, settled, slider, state
from tests.browser.witness import OpenPage


def test_a_batch_size_is_offered_for_sums_alone(page: Page) -> None:
    settled(page)
    expect(page.locator(".batch")).to_be_hidden()


def test_a_smaller_batch_changes_every_path_and_stands_in_the_link(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=linear_regression")
    settled(page)
    expect(page.locator(".batch")).to_contain_text("Every step sees all 20 rows")
    whole = paths(page)
    size = slider(page, "Batch size")
    size.press("Home")
    settled(page)
    expect(page.locator(".batch")).to_contain_text("1 of 20 rows")
    assert state(page, "batch") == 1
    assert "batch=1" in page.url
    batched = paths(page)
    assert all(batched[name] != whole[name] for name in whole)
    other = open_page("/" + page.url[page.url.index("#") :])
    settled(other)
    assert paths(other) == batched
    slider(other, "Batch size").press("End")
    settled(other)
    assert "batch=" not in other.url
    assert paths(other) == whole


def test_a_batch_size_in_a_link_without_data_is_told(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=beale&batch=3")
    settled(page)
    expect(page.locator(".toast.shown")).to_contain_text("sum over data")
    assert state(page, "batch") == 0
