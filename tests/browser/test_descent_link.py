"""Links and formulas of the Descent room, and a server that goes away."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.descent import drag_slider, paths, pixels, settled, state
from tests.browser.driver import until
from tests.browser.service import free_port, serve
from tests.browser.witness import OpenPage

REFUSED = ("422",)  # the browser's own console line about a formula that was refused


def _type_formula(page: Page) -> None:
    page.locator(".picker").click()
    page.get_by_role("menuitemradio", name="Type a formula").click()
    expect(page.locator(".formula-input")).to_be_focused()


def test_a_link_shows_the_same_picture_in_a_fresh_browser(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=himmelblau&start=1.5,-2")
    settled(page)
    drag_slider(page, "lr of Momentum", 0.3)
    page.get_by_role("button", name="Show RMSprop").click()
    page.get_by_role("radio", name="Gradient norm").click()
    page.get_by_role("slider", name="Step").press("Shift+ArrowRight")
    until(page, "() => location.hash.includes('at=')")
    settled(page)
    address = page.url[page.url.index("/#") :]
    other = open_page(address)
    assert paths(other) == paths(page)
    assert pixels(other) == pixels(page)
    for key in ("start", "step", "curve", "steps", "parameters"):
        assert state(other, key) == state(page, key)
    assert other.url[other.url.index("/#") :] == address


def test_a_link_with_rubbish_says_so_and_shows_the_rest(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=beale&steps=1e99&run=adamm,adam")
    expect(page.get_by_role("status").first).to_contain_text("Expected a whole number of steps")
    assert list(paths(page)) == ["adam"]
    assert state(page, "surface") == "beale"


def test_typing_a_formula_draws_it_with_sliders_for_its_parameters(page: Page) -> None:
    before = paths(page)
    _type_formula(page)
    settled(page)
    assert paths(page) == before, "the field starts from the surface that was shown"
    page.locator(".formula-input").fill("x**2 + k*y**2")
    until(page, "() => window.thalweg.descent.store.get().formula === 'x**2 + k*y**2'")
    after = paths(page)
    assert all(after[name] != before[name] for name in before)
    k = page.get_by_role("slider", name="k: the k of your formula")
    expect(k).to_be_visible()
    expect(page.locator(".title-formula msup").first).to_be_visible()
    page.get_by_label("k: the k of your formula, number").fill("40")
    page.get_by_label("k: the k of your formula, number").press("Enter")
    settled(page)
    assert state(page, "parameters") == {"k": 40}
    assert paths(page) != after
    page.get_by_label("upper x of the view").fill("6")
    page.get_by_label("upper x of the view").press("Enter")
    settled(page)
    assert state(page, "frame")["box"][0][1] >= 6
    assert "formula=" in page.url
    assert "k:40" in page.url


def test_a_bad_formula_is_marked_where_it_is_wrong_and_loses_nothing(open_page: OpenPage) -> None:
    page = open_page(expected_errors=REFUSED)
    _type_formula(page)
    page.locator(".formula-input").fill("x**2 + y**2")
    until(page, "() => window.thalweg.descent.store.get().formula === 'x**2 + y**2'")
    good, picture = paths(page), pixels(page)
    page.locator(".formula-input").fill("x**2 + 3*(y**2")
    expect(page.locator(".formula-says")).to_have_class("formula-says bad")
    expect(page.locator(".formula-says")).to_contain_text("character")
    expect(page.locator(".formula-input")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".fault-mark")).to_have_count(1)
    assert page.locator(".formula-input").input_value() == "x**2 + 3*(y**2"
    assert paths(page) == good
    assert pixels(page) == picture
    page.locator(".formula-input").fill("x**2 + 3*(y**2)")
    until(page, "() => window.thalweg.descent.store.get().formula === 'x**2 + 3*(y**2)'")
    expect(page.locator(".formula-input")).not_to_have_attribute("aria-invalid", "true")
    assert paths(page) != good


def test_a_typed_formula_comes_back_from_its_link(open_page: OpenPage) -> None:
    address = "/#/descent?formula=x**2%2Bq*y**2&view=-3,3,-3,3&p=q:4&start=2,1"
    page = open_page(address)
    assert state(page, "parameters") == {"q": 4}
    expect(page.locator(".formula-input")).to_have_value("x**2+q*y**2")
    expect(page.get_by_role("slider", name="q: the q of your formula")).to_be_visible()
    assert all(reason != "diverged" for reason, *_ in paths(page).values())


def test_a_lost_server_is_told_and_its_return_brings_the_newest_picture(
    open_page: OpenPage, tmp_path: Path
) -> None:
    port = free_port()
    with serve(tmp_path, port=port) as service:
        page = open_page(origin=service.url, expected_errors=("WebSocket", "ERR_CONNECTION"))
        before = paths(page)
    expect(page.get_by_text("Connection lost.")).to_be_visible()
    page.get_by_label("lr of Adam, number").fill("0.01")
    page.get_by_label("lr of Adam, number").press("Enter")
    assert page.evaluate("() => !window.thalweg.descent.settled()")
    with serve(tmp_path, port=port):
        settled(page)
        after = paths(page)
        assert after["adam"] != before["adam"]
        assert after["lbfgs"] == before["lbfgs"]
        expect(page.get_by_text("Connected again.")).to_be_visible()
