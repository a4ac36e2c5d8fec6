"""The inspector at the playhead: follows the scrubber, explains one, lists all, is in the link."""

import math

from playwright.sync_api import Page, expect

from tests.browser.descent import open_drawer, pixels, rectangles, settled, state
from tests.browser.driver import frames, screenshot, until
from tests.browser.witness import OpenPage

_SENT = """
() => { window.asked = 0;
        window.thalweg.descent.signals.addEventListener("sent", () => { window.asked += 1; }); }
"""
_NUMBERS = "() => [...document.querySelectorAll('.one-numbers dd')].map((one) => one.textContent)"
_LENS = """
() => {
  const canvas = document.querySelector(".local-layer");
  if (canvas.hidden) return null;
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0, x = 0, y = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) {
    const at = (i - 3) / 4; count += 1; x += at % canvas.width; y += Math.floor(at / canvas.width);
  }
  return count && [x / count / devicePixelRatio, y / count / devicePixelRatio];
}
"""
_CUT = """
() => [...document.querySelectorAll(".one dd, .one dt, .matrix-cell, .limit-says")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)
"""
_HEAD = """
() => {
  const {picture, step} = window.thalweg.descent.store.get();
  const {entry, trajectory} = picture.runs[picture.reply.inspection.trajectory];
  const row = Math.min(step, trajectory.rows - 1);
  const {data} = trajectory;
  const [x, y] = window.thalweg.descent.map.pixel(data[row * 7], data[row * 7 + 1]);
  const plane = document.querySelector(".map-plane").getBoundingClientRect();
  return [x - plane.left, y - plane.top, entry.name];
}
"""


def _inspect(page: Page, title: str) -> None:
    page.get_by_label("Optimizer to inspect").select_option(label=title)
    settled(page)
    frames(page, 3)


def test_scrubbing_explains_each_step_without_asking_the_server(page: Page) -> None:
    settled(page)
    _inspect(page, "Momentum")
    page.evaluate(_SENT)
    scrub = page.get_by_role("slider", name="Step")
    seen = set()
    for _ in range(5):
        scrub.press("Shift+ArrowRight")
        frames(page, 3)
        seen.add(tuple(page.evaluate(_NUMBERS)))
        expect(page.locator(".inspector-step")).to_have_text(f"At step {state(page, 'step')}")
    assert len(seen) == 5
    assert page.evaluate("() => window.asked") == 0
    scrub.press("End")
    frames(page, 3)
    expect(page.locator(".one-sentence").first).to_contain_text("It has arrived")


def test_the_numbers_are_those_of_the_surface(open_page: OpenPage) -> None:
    page = open_page("/#/descent?inspect=gradient_descent&at=0&open=curvature")
    settled(page)
    frames(page, 3)
    # Rosenbrock at (−1.2, 1): gradient (−215.6, −88), Hessian (1330, 480; 480, 200).
    numbers = page.evaluate(_NUMBERS)
    assert numbers[0] == "(−1.2, 1)"
    assert numbers[3] == "233"
    assert numbers[2] == "0.233"
    assert numbers[4] == "0°"
    cells = page.locator(".matrix-cell").all_inner_texts()
    assert cells == ["1,330", "480", "480", "200"]
    assert "2/λmax = 0.0013" in page.locator(".limit-text").inner_text().replace("\n", "")
    expect(page.locator(".one-sentence").first).to_contain_text("straight down steepest descent")


def test_beyond_the_limit_it_says_so_and_foretells_nothing(open_page: OpenPage) -> None:
    page = open_page("/#/descent?run=gradient_descent:lr:0.004&at=0")
    settled(page)
    frames(page, 3)
    said = page.locator(".one-sentence").first
    expect(said).to_contain_text(
        "Overshoots across the valley: lr 0.004 is 3 times the local limit"
    )
    assert "diverg" not in said.inner_text()


def test_the_picker_chooses_who_is_explained(page: Page) -> None:
    settled(page)
    open_drawer(page, "Curvature")
    expect(page.locator(".limit-axis")).to_be_visible()
    expect(page.get_by_label("Optimizer to inspect")).to_have_value(
        str(state(page, "entries")[0]["id"])
    )
    before = page.evaluate(_NUMBERS)
    _inspect(page, "Adam")
    assert page.evaluate(_NUMBERS) != before
    assert page.evaluate(_HEAD)[2] == "adam"
    assert "inspect=adam" in page.url
    expect(page.locator(".limit-axis")).to_be_hidden()
    page.go_back()
    settled(page)
    frames(page, 3)
    assert page.evaluate(_NUMBERS) == before
    page.get_by_role("button", name="Show Gradient descent").click()
    settled(page)
    frames(page, 3)
    assert page.evaluate(_HEAD)[2] == "momentum", "who is off is not explained"


def test_all_is_the_table_of_everyone(page: Page) -> None:
    settled(page)
    table = page.get_by_role("table", name="Where every running optimizer stands")
    expect(table).to_be_hidden()
    page.get_by_role("radio", name="All").click()
    expect(table).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(6)
    expect(page.get_by_label("Optimizer to inspect")).to_be_hidden()
    assert "inspector=all" in page.url
    page.get_by_role("radio", name="All").press("ArrowLeft")
    expect(table).to_be_hidden()
    expect(page.get_by_label("Optimizer to inspect")).to_be_visible()


def test_the_model_on_the_map_follows_the_head_in_the_same_frames(page: Page) -> None:
    settled(page)
    assert page.evaluate(_LENS) is None
    _inspect(page, "Momentum")
    open_drawer(page, "Curvature")
    page.get_by_label("Show on the map").press("Space")
    assert "model=on" in page.url
    for _ in range(3):
        page.get_by_role("slider", name="Step").press("Shift+ArrowLeft")
        frames(page, 2)
        lens, head = page.evaluate(_LENS), page.evaluate(_HEAD)
        assert math.dist(lens, head[:2]) < 3  # the middle of all that is drawn
    screenshot(page, "descent-inspector")
    page.get_by_label("Show on the map").press("Space")
    frames(page, 2)
    assert page.evaluate(_LENS) is None
    assert "model=on" not in page.url


def test_a_step_is_told_apart_into_new_gradient_and_memory_where_it_is_such_a_sum(
    open_page: OpenPage,
) -> None:
    page = open_page("/#/descent?run=gradient_descent,momentum&inspect=momentum&at=5")
    settled(page)
    frames(page, 3)
    memory = page.locator(".one-numbers dt", has_text="memory")
    expect(memory).to_be_visible()
    numbers = page.evaluate(_NUMBERS)
    length, fresh, kept = (float(numbers[at]) for at in (2, 9, 10))
    assert abs(fresh - kept) <= length * 1.01
    assert length <= (fresh + kept) * 1.01
    page.get_by_role("slider", name="Step").press("Home")
    frames(page, 3)
    assert page.evaluate(_NUMBERS)[10] == "0", "the first step remembers nothing"
    _inspect(page, "Gradient descent")
    expect(memory).to_be_hidden()


def test_nothing_moves_while_the_playhead_does(page: Page) -> None:
    settled(page)
    _inspect(page, "Momentum")
    open_drawer(page, "Curvature")
    until(page, "() => document.querySelector('.matrix-cell').textContent !== ''")
    frames(page, 3)
    parts = (
        ".one-numbers dd",
        ".matrix",
        ".spectrum dd",
        ".limit-axis",
        ".curvature-view",
        ".fold",
    )
    before = rectangles(page, *parts)
    for key in ("Home", "Shift+ArrowRight", "Shift+ArrowRight", "End"):
        page.get_by_role("slider", name="Step").press(key)
        frames(page, 3)
        assert rectangles(page, *parts) == before


def test_a_link_shows_the_same_inspector_in_a_fresh_browser(open_page: OpenPage) -> None:
    page = open_page("/#/descent?surface=himmelblau")
    settled(page)
    _inspect(page, "Adam")
    open_drawer(page, "Curvature")
    page.get_by_label("Show on the map").check()
    page.get_by_role("slider", name="Step").press("Shift+ArrowRight")
    until(page, "() => location.hash.includes('at=')")
    frames(page, 3)
    other = open_page(page.url[page.url.index("/#") :])
    settled(other)
    frames(other, 3)
    assert other.evaluate(_NUMBERS) == page.evaluate(_NUMBERS)
    assert other.evaluate(_LENS) == page.evaluate(_LENS)
    assert pixels(other) == pixels(page)
    assert other.locator(".one-sentence").first.inner_text() == (
        page.locator(".one-sentence").first.inner_text()
    )


def test_a_phone_and_both_themes_hold_it(open_page: OpenPage) -> None:
    page = open_page("/#/descent?inspect=momentum&model=on", width=420, scheme="dark")
    settled(page)
    frames(page, 3)
    open_drawer(page, "Update rule")
    assert page.locator(".one-rule math").count() >= 2
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for key in ("Home", "Shift+ArrowRight", "End"):
        page.get_by_role("slider", name="Step").press(key)
        frames(page, 3)
        assert page.evaluate(_CUT) == []
    screenshot(page, "descent-inspector-phone", whole=True)
