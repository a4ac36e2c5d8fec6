"""What the tests of the Descent room ask of the page."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.driver import frames, until

_PATHS = """
() => Object.fromEntries(window.thalweg.descent.store.get().picture.runs.map(
  ({entry, trajectory: {ending, lastStep, data}}) =>
    [entry.name, [ending.reason, lastStep, Array.from(data)]]))
"""

_PIXELS = """
() => [...document.querySelectorAll("canvas.overlay")].map((canvas) => {
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0, hash = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] > 0) drawn += 1;
    const colour = data[i] + 7 * data[i + 1] + 49 * data[i + 2] + 343 * data[i + 3];
    hash = (Math.imul(hash, 31) + colour) | 0;
  }
  return [canvas.width, canvas.height, drawn, hash];
})
"""


def settled(page: Page) -> None:
    """Wait until everything asked is answered and the answer is painted."""
    until(page, "() => window.thalweg?.descent?.settled()")
    frames(page)


def state(page: Page, key: str) -> Any:
    """One key of the room's store."""
    return page.evaluate("(key) => window.thalweg.descent.store.get()[key]", key)


def paths(page: Page) -> dict[str, list[Any]]:
    """For every running optimizer: reason of its ending, last step, all numbers of its path."""
    settled(page)
    found: dict[str, list[Any]] = page.evaluate(_PATHS)
    return found


def pixels(page: Page) -> list[list[int]]:
    """For both canvases over the map: width, height, number of drawn pixels, a hash of all."""
    settled(page)
    found: list[list[int]] = page.evaluate(_PIXELS)
    return found


def pixel(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the plane stands on the page, in CSS pixels."""
    left, top = page.evaluate("([x, y]) => window.thalweg.descent.map.pixel(x, y)", [x, y])
    return left, top


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at `start`, move in ten steps to `end`, let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=10)
    page.mouse.up()
    settled(page)


def slider(page: Page, name: str) -> Locator:
    """The slider with this accessible name, such as "lr of Adam"."""
    return page.get_by_role("slider", name=name, exact=True)


def drag_slider(page: Page, name: str, share: float) -> None:
    """Drag a slider's knob to a share of its track, scrolling to it as a person would."""
    slider(page, name).scroll_into_view_if_needed()
    box = slider(page, name).bounding_box()
    assert box
    at = float(slider(page, name).input_value())
    knob = 14
    height = box["y"] + box["height"] / 2

    def along(part: float) -> float:
        return box["x"] + knob / 2 + part * (box["width"] - knob)

    drag(page, (along(at), height), (along(share), height))


def open_drawer(page: Page, title: str) -> None:
    """Open the line with this title, or shut it again."""
    page.locator(".drawer > summary").filter(has_text=title).click()


def rectangles(page: Page, *selectors: str) -> list[Any]:
    """Where these elements stand, for tests that nothing moves."""
    found: list[Any] = page.evaluate(
        """(selectors) => selectors
             .flatMap((selector) => [...document.querySelectorAll(selector)])
             .map((element) => element.getBoundingClientRect())
             .map(({x, y, width, height}) => [x, y, width, height])""",
        list(selectors),
    )
    return found
