"""Helpers for browser tests: waits on the page's own state, and pictures.

What is relied on in the page, and nothing more:

* `document.documentElement.dataset.ready === "true"` once the first paths are painted, or, in a
  room without paths, once its first picture stands;
* `window.thalweg`, an object of read-only hooks, `thalweg.store` among them.

Nothing here sleeps: a wait ends in the frame in which its condition holds. Playwright's own
`wait_for_function` evaluates text inside the page, which the content security policy forbids
(rightly), so `until` sends its condition as a function instead.
"""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

WAIT_SECONDS = 20.0

_UNTIL = """
([argument, milliseconds]) => new Promise((resolve, reject) => {
  const condition = %s;
  const deadline = performance.now() + milliseconds;
  const look = () => {
    let value;
    try { value = condition(argument); } catch (error) { return reject(error); }
    if (value) return resolve(value);
    if (performance.now() > deadline) return resolve(null);
    requestAnimationFrame(look);
  };
  look();
})
"""


def until(page: Page, condition: str, argument: Any = None, seconds: float = WAIT_SECONDS) -> Any:
    """Wait until the JavaScript function `condition` returns something true, and return that.

    `condition` is the text of a function of one argument, as in
    `until(page, "(n) => document.querySelectorAll('li').length >= n", 10)`.
    """
    try:
        value = page.evaluate(_UNTIL % condition, [argument, seconds * 1000])
    except Error as error:
        # A navigation takes the waiting function with it; the wait goes on in the new document.
        if "context was destroyed" not in error.message:
            raise
        page.wait_for_load_state()
        value = page.evaluate(_UNTIL % condition, [argument, seconds * 1000])
    assert value, f"Waited {seconds:g} seconds in vain for {condition} with {argument!r}."
    return value


def ready(page: Page, seconds: float = WAIT_SECONDS) -> None:
    """Wait until the first picture is painted."""
    until(page, "() => document.documentElement.dataset.ready === 'true'", seconds=seconds)


def frames(page: Page, count: int = 2) -> None:
    """Let `count` frames be painted, after which a change made before is on the screen."""
    page.evaluate(
        """(count) => new Promise((resolve) => {
          const next = () => (count-- > 0 ? requestAnimationFrame(next) : resolve());
          next();
        })""",
        count,
    )


def screenshot(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture as `name`.png in the folder $THALWEG_SCREENSHOTS, where that is set."""
    folder = os.environ.get("THALWEG_SCREENSHOTS")
    if folder:
        frames(page)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)
