"""A race looked at closely: the one that came with Thalweg, so that nothing has to be trained."""

from playwright.sync_api import Page

from tests.browser.driver import ready, screenshot, until
from tests.browser.races import STATE, finished
from tests.browser.witness import OpenPage

RECORDED = "/#/training?race=ff1332a3f4aa"


def recorded(open_page: OpenPage, view: str = "", *, width: int = 1440) -> Page:
    """The recorded race of ten entrants, all of its events folded."""
    page = open_page(RECORDED + view, width=width)
    finished(page)
    until(page, "() => document.querySelectorAll('.chart-pane path.js-line').length > 0")
    return page


def test_a_patience_shows_where_each_would_have_stopped(open_page: OpenPage) -> None:
    page = recorded(open_page)
    squares = ".chart-pane:not([hidden]) .chart-sign.stop"
    assert page.locator(squares).count() == 0
    assert page.locator(".board-stop:visible").count() == 0
    page.fill(".patience-box", "10")
    page.keyboard.press("Enter")
    until(page, f"() => document.querySelectorAll('{squares}').length === 9")
    assert "patience=10" in page.url
    assert "9 of 10 would have stopped" in page.inner_text(".stopping-words")
    assert page.locator(".board-stop", has_text="would stop at epoch").count() == 9
    screenshot(page, "race-stopping")
    page.fill(".patience-box", "0")
    page.keyboard.press("Enter")
    assert "from 1 to" in page.inner_text(".charts .field-fault")
    assert page.locator(squares).count() == 9
    page.reload()
    until(page, f"() => document.querySelectorAll('{squares}').length === 9")
    page.fill(".patience-box", "")
    page.keyboard.press("Enter")
    until(page, f"() => document.querySelectorAll('{squares}').length === 0")
    assert "patience" not in page.url


def test_the_target_is_dragged_or_moved_by_keys_and_the_figures_follow(open_page: OpenPage) -> None:
    page = recorded(open_page)
    handle = page.get_by_role("slider", name="Target accuracy")
    assert handle.get_attribute("aria-valuenow") == "60"  # the race's own: the leader's 60.1 %
    assert page.locator(".figures tbody tr").count() == 10
    assert page.locator(".figures td.figures-seconds", has_text="—").count() == 9
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 40, steps=4)
    page.mouse.up()
    dragged = float(handle.get_attribute("aria-valuenow") or "nan")
    assert 40 < dragged < 58
    assert f"target={dragged:g}" in page.url
    assert page.locator(".figures td.figures-seconds", has_text="—").count() < 9
    page.reload()
    ready(page)
    finished(page)
    assert handle.get_attribute("aria-valuenow") == f"{dragged:g}"
    handle.focus()
    page.keyboard.press("ArrowUp")
    assert handle.get_attribute("aria-valuenow") == f"{dragged + 1:g}"
    page.keyboard.press("Delete")
    assert handle.get_attribute("aria-valuenow") == "60"
    assert "target" not in page.url


def test_the_figures_sort_by_a_column_and_fold_on_a_phone(open_page: OpenPage) -> None:
    page = recorded(open_page, "&target=50")
    page.get_by_role("button", name="s per epoch").click()
    cells = page.locator(".figures td.figures-perEpoch").all_inner_texts()
    means = [float(text.split(" ± ")[0]) for text in cells if text != "—"]
    assert len(means) == 9
    assert means == sorted(means)
    assert cells[-1] == "—"
    assert page.locator(".figures th[aria-sort=ascending]").inner_text().startswith("s per epoch")
    screenshot(page, "race-figures", whole=True)
    phone = recorded(open_page, "&target=50", width=420)
    assert not phone.locator(".figures-table").is_visible()
    phone.click(".figures summary")
    assert phone.locator(".figures-table").is_visible()
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 420


def test_the_drawer_of_reasons_shows_a_gauge_of_those_that_have_it(open_page: OpenPage) -> None:
    page = recorded(open_page)
    lines = ".why path.js-line"
    assert page.locator(lines).count() == 0
    page.click(".why summary")
    until(page, f"() => document.querySelectorAll('{lines}').length === 10")
    assert "gauge=gradient_norm" in page.url
    page.get_by_label("Gauge", exact=True).select_option("diagonal")
    until(page, f"() => document.querySelectorAll('{lines}').length === 6")  # two, three lines each
    absent = page.inner_text(".why-absent")
    assert "Momentum" in absent
    assert "AdaHessian" not in absent
    screenshot(page, "race-gauges", whole=True)
    page.reload()
    until(page, f"() => document.querySelectorAll('{lines}').length === 6")
    page.click(".why summary")
    until(page, "() => !location.hash.includes('gauge')")
    assert not page.get_by_label("Gauge", exact=True).is_visible()


X_TICKS = """
() => [...document.querySelectorAll('.chart-pane:not(.why *)')].map((pane) =>
  [...pane.querySelectorAll('.xtick text')].map((tick) => parseFloat(tick.textContent)))
"""


def test_one_crosshair_reads_every_chart(open_page: OpenPage) -> None:
    page = recorded(open_page)
    glass = page.locator(".chart-pane.large .lens")
    box = glass.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    until(page, "() => document.querySelectorAll('.lens-readout:not([hidden])').length === 1")
    rows = page.locator(".lens-readout:visible .readout-row").all_inner_texts()
    assert len(rows) == 9  # the one that diverged at step 127 has nothing to say here
    shown = "() => document.querySelectorAll('.chart-pane .chart-cursor:not([hidden])').length"
    assert page.evaluate(shown) == 3
    screenshot(page, "race-crosshair")
    page.mouse.move(5, 5)
    assert page.evaluate(shown) == 0
    glass.focus()
    page.keyboard.press("End")
    assert (glass.get_attribute("aria-valuetext") or "").startswith("epoch 40: ")
    page.keyboard.press("Escape")
    assert page.evaluate(shown) == 0


def test_a_drag_zooms_all_charts_and_new_data_leaves_the_zoom(open_page: OpenPage) -> None:
    page = recorded(open_page)
    box = page.locator(".chart-pane.large .lens").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 50, steps=4)
    page.mouse.up()
    within = f"() => ({X_TICKS})().every((ticks) => ticks.every((x) => x >= 9.9 && x <= 20.1))"
    until(page, within)
    assert "zoom=" in page.url
    screenshot(page, "race-zoom")
    # A reload folds ten thousand events into the zoomed charts, batch after batch.
    page.reload()
    ready(page)
    finished(page)
    until(page, within)
    page.click(".board-swatch >> nth=0")
    until(page, within)
    page.get_by_role("button", name="Whole race").click()
    until(page, f"() => ({X_TICKS})().every((ticks) => ticks.at(-1) === 40)")
    assert "zoom" not in page.url
    page.locator(".chart-pane.large .lens").focus()
    page.keyboard.press("+")
    until(page, f"() => ({X_TICKS})().every((ticks) => ticks.at(-1) < 40)")
    page.keyboard.press("0")
    until(page, f"() => ({X_TICKS})().every((ticks) => ticks.at(-1) === 40)")


def test_names_at_the_line_ends_do_not_touch(open_page: OpenPage) -> None:
    page = recorded(open_page)
    touching = """
    () => [...document.querySelectorAll('.chart-pane .chart-signs')].flatMap((signs) => {
      const names = [...signs.querySelectorAll('.chart-name')];
      const boxes = names.map((name) => name.getBoundingClientRect());
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2));
    }).length
    """
    until(page, "() => document.querySelectorAll('.chart-pane.large .chart-name').length >= 9")
    assert page.evaluate(touching) == 0
    assert page.locator(".chart-pane.large .chart-leaders line").count() > 0


def test_a_finished_race_is_played_again_and_scrubbed(open_page: OpenPage) -> None:
    page = recorded(open_page)
    scrub = page.get_by_role("slider", name="Seconds of training")
    assert not scrub.is_visible()  # until somebody wants it
    page.get_by_role("button", name="Replay").click()
    until(page, "() => /at=[1-9]/.test(location.hash)")
    words = page.inner_text(".progress-words")
    page.get_by_role("button", name="Pause", exact=True).click()
    assert "epoch 40 of" not in words
    scrub.focus()
    for _ in range(2):
        page.keyboard.press("PageUp")
    at = page.url.split("at=")[1]
    leader = page.locator(".board-name").first.inner_text()
    screenshot(page, "race-replay")
    page.reload()
    ready(page)
    until(page, f"() => ({STATE})()?.state === 'finished'")
    until(page, "(text) => document.querySelector('.board-name')?.textContent === text", leader)
    assert page.url.endswith(at)
    told = "(text) => document.querySelector('.replay-words')?.textContent.startsWith(text)"
    until(page, told, f"{float(at):.3g} of 355 s")  # the log comes in parts
    assert page.locator(".board-note", has_text="diverged").count() == 1  # at 15 s of its own
    scrub.focus()
    page.keyboard.press("Home")
    until(page, "() => document.querySelectorAll('.board-note.bad').length === 0")
    assert page.inner_text(".progress-words").startswith("epoch 1 of 40 · step 0 of")
    page.get_by_role("button", name="Show the end").click()
    until(page, "() => document.querySelector('.progress-left').textContent === 'finished'")
    assert "at=" not in page.url


def test_a_chart_is_saved_as_a_picture(open_page: OpenPage) -> None:
    page = recorded(open_page)
    page.click(".exports-fold summary")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Validation loss.png").click()
    assert saved.value.suggested_filename == "ff1332a3f4aa-validation-loss.png"
    data = saved.value.path().read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    colours = page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          const {data} = pen.getImageData(0, 0, image.width, image.height);
          const count = {};
          for (let i = 0; i < data.length; i += 4) {
            const colour = [...data.slice(i, i + 3)].map((c) => c.toString(16).padStart(2, '0'));
            count[colour.join('')] = (count[colour.join('')] ?? 0) + 1;
          }
          return {size: [image.width, image.height], count};
        }""",
        list(data),
    )
    assert colours["size"] == [2000, 1040]
    # Page, momentum's line, Adam's, and the title's ink: a picture of this race, not of nothing.
    for colour in ("ffffff", "03809e", "d83a1a", "15191e"):
        assert colours["count"].get(colour, 0) > 100
