"""How the Descent room looks: alignment, themes, widths, three dimensions."""

from playwright.sync_api import Page, expect

from tests.browser.descent import paths, pixels, rectangles, settled, state
from tests.browser.driver import screenshot, until
from tests.browser.witness import OpenPage

_TICKS = """
() => ["x", "y"].flatMap((axis) => [
  ...document.querySelectorAll(`.map-figure .${axis}tick text`)
].map((text) => {
  const box = text.getBoundingClientRect();
  const value = Number(text.textContent.replace("\\u2212", "-"));
  const [left, top] = window.thalweg.descent.map.pixel(value, value);
  return axis === "x" ? box.left + box.width / 2 - left : box.top + box.height / 2 - top;
}))
"""


def test_paths_lie_on_the_axes_to_less_than_a_pixel(page: Page) -> None:
    settled(page)
    off = page.evaluate(_TICKS)
    assert len(off) >= 8
    assert max(map(abs, off[:5])) < 1
    # Plotly centres the text's line, not its digits, on the tick: the same shift for every label.
    rows = off[-3:]
    assert max(rows) - min(rows) < 1
    geometry = page.evaluate("() => window.thalweg.descent.map.geometry()")
    plane = rectangles(page, ".map-plane")[0]
    figure = rectangles(page, ".map-figure")[0]
    assert abs(figure[0] + geometry["left"] - plane[0]) < 1
    assert abs(figure[1] + geometry["top"] - plane[1]) < 1
    assert abs(geometry["width"] - plane[2]) < 1
    assert abs(geometry["height"] - plane[3]) < 1
    frame = state(page, "frame")
    assert geometry["x"] == frame["box"][0]
    assert geometry["y"] == frame["box"][1]


def test_x_and_y_have_the_same_scale(page: Page) -> None:
    geometry = page.evaluate("() => window.thalweg.descent.map.geometry()")
    per_x = geometry["width"] / (geometry["x"][1] - geometry["x"][0])
    per_y = geometry["height"] / (geometry["y"][1] - geometry["y"][0])
    assert abs(per_x / per_y - 1) < 1e-6


def test_the_canvas_is_as_fine_as_the_screen(page: Page) -> None:
    settled(page)
    width, height = rectangles(page, ".map-plane")[0][2:]
    ratio = page.evaluate("() => devicePixelRatio")
    assert [round(width * ratio), round(height * ratio)] == pixels(page)[0][:2]


def test_dark_and_light_recolour_everything(page: Page) -> None:
    light = pixels(page)
    ground = page.locator(".map-figure .contourbg path, .map-figure .contourfill path").first
    fill = ground.get_attribute("style")
    page.get_by_role("button", name="Change between light and dark").click()
    until(page, "() => window.thalweg.descent.store.get().theme === 'dark'")
    settled(page)
    until(
        page,
        """(fill) => document
             .querySelector(".map-figure .contourbg path, .map-figure .contourfill path")
             ?.getAttribute("style") !== fill""",
        fill,
    )
    dark = pixels(page)
    assert [one[3] for one in dark] != [one[3] for one in light]
    screenshot(page, "descent-dark")
    page.get_by_role("button", name="Change between light and dark").click()
    until(page, "() => window.thalweg.descent.store.get().theme === 'light'")
    assert pixels(page) == light


def test_three_dimensions_open_and_close(page: Page) -> None:
    page.get_by_role("radio", name="3-D").click()
    until(page, "() => document.querySelector('.scene').dataset.drawn", seconds=60)
    assert page.locator(".scene canvas").count() >= 1
    expect(page.locator(".scene-note")).to_contain_text("the scale of the contours")
    assert "mode=3d" in page.url
    screenshot(page, "descent-3d")
    page.get_by_role("radio", name="Contour").click()
    expect(page.locator(".scene")).to_be_hidden()
    settled(page)


def test_a_phone_shows_everything_without_scrolling_sideways(open_page: OpenPage) -> None:
    page = open_page(width=420, height=900)
    settled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    stage, rail = rectangles(page, ".stage", ".rail")
    assert rail[1] >= stage[1] + stage[3]
    too_small = page.evaluate(
        """() => [
          ...document.querySelectorAll("button, select, [tabindex='0'], input[type=range]")
        ].filter((one) => one.offsetParent && !one.closest(".visually-hidden"))
         .map((one) => [one.className, one.getBoundingClientRect().height])
         .filter(([, height]) => height < 24)"""
    )
    assert too_small == []
    screenshot(page, "descent-phone", whole=True)


def test_twice_the_zoom_still_holds_the_room(open_page: OpenPage) -> None:
    page = open_page(width=720, height=450)
    settled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert len(paths(page)) == 5


def test_zoom_comes_closer_survives_new_data_and_goes_back(page: Page) -> None:
    before = state(page, "frame")["box"]
    box = rectangles(page, ".map-plane")[0]
    page.mouse.move(box[0] + box[2] / 2, box[1] + box[3] / 2)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    until(page, "() => window.thalweg.descent.store.get().zoom")
    settled(page)
    closer = state(page, "frame")["box"]
    assert closer[0][1] - closer[0][0] < before[0][1] - before[0][0]
    page.get_by_label("lr of Adam, number").fill("0.1")
    settled(page)
    assert state(page, "frame")["box"] == closer
    page.get_by_role("button", name="Whole view").click()
    settled(page)
    assert state(page, "frame")["box"] == before
