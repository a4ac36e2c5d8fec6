"""The Training room: a race started by click, watched, left and found again, paused and stopped."""

from tests.browser.driver import screenshot, until
from tests.browser.races import (
    LONG,
    SERIES,
    SMALL,
    STATE,
    drawn_lines,
    finished,
    is_finite,
    log,
    seq_reaches,
    series_of,
    start,
    state_is,
)
from tests.browser.service import Service
from tests.browser.witness import OpenPage

HEARD = f"""
(selector) => {{
  const button = document.querySelector(selector);
  window.heard = [];
  const note = () => window.heard.push([button.textContent.trim(), ({STATE})().state]);
  const what = {{childList: true, characterData: true, subtree: true}};
  new MutationObserver(note).observe(button, what);
}}
"""
"""Notes every word that a button shows, together with the race's state at that moment."""


def test_a_click_starts_a_race_that_draws_every_entrant(
    open_page: OpenPage, server: Service
) -> None:
    page = open_page(SMALL)
    race = start(page)
    assert f"race={race}" in page.url
    until(page, f"() => ({STATE})().runs.every((run) => run.evaluations.length >= 2)")
    screenshot(page, "training-running")
    finished(page)
    until(page, "() => document.querySelectorAll('.board tbody .board-score').length === 3")
    assert len(drawn_lines(page, 0)) == 3
    assert len(drawn_lines(page, 1)) == 6  # raw and smoothed
    assert len(drawn_lines(page, 2)) == 3
    for pane in range(3):
        assert min(drawn_lines(page, pane)) >= 2
    scores = page.locator(".board tbody .board-score").all_inner_texts()
    assert all(score.endswith("%") for score in scores)
    accuracies = [float(score.rstrip("\u2009%")) for score in scores]
    assert accuracies == sorted(accuracies, reverse=True)
    assert "is best with" in page.inner_text(".race-view .race-sentence")
    started = next(event for event in log(server.url, race) if event["type"] == "started")
    assert started["device"] in page.inner_text(".progress-device")
    assert started["fingerprint"][:4] in page.inner_text(".fair")


def test_the_first_point_shows_within_a_second(open_page: OpenPage, server: Service) -> None:
    page = open_page(SMALL)
    start(page)
    finished(page)  # now the workers are warm, whatever ran before
    page.click("text=New race")
    milliseconds = page.evaluate(
        """() => new Promise((resolve) => {
          const began = performance.now();
          document.querySelector('.race-start').click();
          const look = () => document.querySelector('.race-view:not([hidden]) .chart-sign')
            ? resolve(performance.now() - began) : requestAnimationFrame(look);
          look();
        })"""
    )
    # One second on a quiet machine; tests share theirs with others.
    assert milliseconds < 3000
    finished(page)


def test_a_reload_loses_nothing_and_doubles_nothing(open_page: OpenPage, server: Service) -> None:
    page = open_page(SMALL.replace("epochs=2", "epochs=6"))
    race = start(page)
    seq_reaches(page, 12)
    page.reload()
    until(page, "() => window.thalweg?.training?.store.get().session !== undefined")
    finished(page)
    events = log(server.url, race)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    expected = series_of(events, 3)
    assert page.evaluate(SERIES) == expected
    for run in expected:
        assert run["step"] == list(range(1, 6 * 8 + 1))
        assert all(is_finite(loss) for loss in run["loss"])
    # Another browser, on the link alone, sees the same.
    other = open_page(page.url.removeprefix(server.url))
    finished(other)
    assert other.evaluate(SERIES) == expected
    assert other.inner_text(".race-view .race-sentence") == page.inner_text(
        ".race-view .race-sentence"
    )


def test_a_lost_connection_goes_on_where_it_was(open_page: OpenPage, server: Service) -> None:
    page = open_page(LONG)
    addresses: list[str] = []

    def cut_the_first(socket: object) -> None:
        addresses.append(socket.url)  # type: ignore[attr-defined]
        upstream = socket.connect_to_server()  # type: ignore[attr-defined]
        if len(addresses) > 1:
            return
        seen: list[object] = []

        def pass_on(message: object) -> None:
            if len(seen) == 6:
                socket.close(code=1011)  # type: ignore[attr-defined]
            if len(seen) < 6:
                socket.send(message)  # type: ignore[attr-defined]
            seen.append(message)

        upstream.on_message(pass_on)

    page.route_web_socket("**/ws/races/**", cut_the_first)
    page.reload()
    race = start(page)
    until(page, "() => document.querySelector('#toast').textContent.startsWith('Connection lost.')")
    folded = page.evaluate(f"() => ({STATE})().seq")
    page.click("text=Try now")
    until(page, f"(seq) => ({STATE})().seq > seq", folded)
    assert addresses[1].endswith(f"after={folded}")
    until(page, "() => !document.querySelector('#toast').classList.contains('shown')")
    page.click(".race-stop")
    state_is(page, "stopped")
    assert page.evaluate(SERIES) == series_of(log(server.url, race), 3)


def test_pause_and_stop_are_said_when_the_workers_have_said_so(
    open_page: OpenPage, server: Service
) -> None:
    page = open_page(LONG)
    race = start(page)
    until(page, f"() => ({STATE})().runs.some((run) => run.step.length > 0)")
    page.evaluate(HEARD, ".race-toggle")
    page.click(".race-toggle")
    state_is(page, "paused")
    until(page, "() => document.querySelector('.race-toggle').textContent.trim() === 'Resume'")
    assert page.evaluate("() => window.heard") == [["Pausing", "running"], ["Resume", "paused"]]
    page.click(".race-toggle")
    state_is(page, "running")
    until(page, "() => document.querySelector('.race-toggle').textContent.trim() === 'Pause'")
    page.evaluate(HEARD, ".race-stop")
    page.click(".race-stop")
    state_is(page, "stopped")
    until(page, "() => document.querySelector('.progress-left').textContent === 'stopped'")
    assert page.evaluate("() => window.heard")[0] == ["Stopping", "running"]
    events = log(server.url, race)
    assert [event["type"] for event in events if event["type"] in ("paused", "resumed")] == [
        "paused",
        "resumed",
    ]
    assert events[-1]["type"] == "stopped"
    assert page.evaluate(SERIES) == series_of(events, 3)


def test_a_diverged_entrant_ends_in_a_cross_with_its_reason(open_page: OpenPage) -> None:
    page = open_page(SMALL + ",lr:10&with=rmsprop,lr:1")
    start(page)
    finished(page)
    until(page, "() => document.querySelectorAll('.chart-pane.large .chart-sign.cross').length > 0")
    ending = page.evaluate(
        f"() => ({STATE})().runs.map((run) => run.ending).filter((e) => e.reason === 'diverged')[0]"
    )
    assert ending["sentence"]
    last = page.locator(".board tbody tr").last
    assert last.locator(".board-score").inner_text() == "—"
    assert last.locator(".board-note").inner_text().startswith("× diverged")
    assert f"step {ending['step']}" in page.inner_text(".race-view .race-sentence")
    screenshot(page, "training-diverged")


def test_curves_can_be_switched_off_and_shown_alone(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    start(page)
    finished(page)
    page.locator(".board-swatch").first.click()
    until(page, "() => document.querySelectorAll('.chart-pane.large path.js-line').length === 2")
    assert "hidden=" in page.url
    page.locator(".board-name").nth(1).click()
    until(page, "() => document.querySelectorAll('.chart-pane.large path.js-line').length === 1")
    page.locator(".board-name").nth(1).click()
    until(page, "() => document.querySelectorAll('.chart-pane.large path.js-line').length === 3")
    page.click("text=Gradients")
    assert "against=gradients" in page.url
    page.reload()
    until(page, "() => document.querySelector('[data-value=gradients]')?.ariaChecked === 'true'")


def test_a_race_can_be_taken_along(open_page: OpenPage) -> None:
    page = open_page(SMALL)
    start(page)
    finished(page)
    page.click(".exports-fold summary")
    for name in ("Report", "CSV", "JSON"):
        with page.expect_download() as saved:
            page.get_by_role("link", name=name, exact=True).click()
        assert saved.value.path().stat().st_size > 1000
        assert saved.value.failure() is None
    assert page.get_by_role("link", name=".py").count() == 3
