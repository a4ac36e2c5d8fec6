"""Looking closer at a race: set up with its cost said, kept in the link, run, and drawn."""

from tests.browser.driver import screenshot, until
from tests.browser.races import STATE, finished, log, start
from tests.browser.service import Service
from tests.browser.witness import OpenPage

RACE = (
    "/#/training?dataset=shapes&network=mlp&train_size=512&epochs=3&batch_size=64&seed=7"
    "&with=gradient_descent&with=adam"
)
LINES = ".why path.js-line"


def test_sharpness_and_landscape_are_asked_for_and_drawn(
    open_page: OpenPage, server: Service
) -> None:
    page = open_page(RACE)
    box = page.get_by_label("Sharpness every n epochs", exact=True)
    assert not box.is_visible()  # the set-up is simple at first
    page.click(".setup-closer > summary")
    assert "0: never." in page.inner_text(".closer-words")
    box.fill("1")
    box.press("Tab")
    page.get_by_role("checkbox", name="Landscape").check()
    assert "4 times: at most as long as 960 steps." in page.inner_text(".closer-words")
    screenshot(page, "closer-setup")
    for part in ("sharpness_every=1", "landscape=1"):
        assert part in page.url
    page.reload()
    until(page, "() => document.querySelector('.setup-closer')?.open")
    assert box.input_value() == "1"
    race = start(page)
    finished(page)
    asked = page.evaluate(f"() => ({STATE})().request")
    assert (asked["sharpness_every"], asked["landscape"]) == (1, True)
    page.click(".why summary")
    page.get_by_label("Gauge", exact=True).select_option("sharpness")
    until(page, f"() => document.querySelectorAll('{LINES}').length === 3")  # and one 2/lr
    assert "gauge=sharpness" in page.url
    told = [event for event in log(server.url, race) if event["type"] == "sharpness"]
    words = page.inner_text(".why-absent")
    assert words.startswith(f"{len(told)} measurements over 256 training images took ")
    assert "No 2/lr for Adam" in words
    page.locator(".why .chart-name", has_text="2/0.1").wait_for()
    screenshot(page, "closer-edge", whole=True)
    page.reload()
    until(page, f"() => document.querySelectorAll('{LINES}').length === 3")
    until(page, "() => document.querySelector('.landscape-figure .main-svg')")
    page.click("text=New race")
    until(page, "() => document.querySelector('.setup-closer')?.open")
    assert "sharpness_every=1" in page.url
