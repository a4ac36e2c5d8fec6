"""A race behind another: what it waits for, how busy the workers are, and its start by itself."""

from tests.browser.driver import screenshot, until
from tests.browser.races import LONG, SMALL, STATE, finished, start, state_is
from tests.browser.witness import OpenPage

SAYS = "([where, words]) => document.querySelector(where).textContent.includes(words)"


def test_a_queued_race_says_what_it_waits_for_and_then_starts(open_page: OpenPage) -> None:
    first = open_page(LONG)
    start(first)
    until(first, f"() => ({STATE})().runs.some((run) => run.step.length > 0)", seconds=60)
    ahead = first.inner_text(".race-name")
    second = open_page(SMALL)
    until(second, SAYS, [".setup-busy", f"{ahead.capitalize()} is running. 2 of 2 workers busy."])
    screenshot(second, "queue-setup")
    start(second)
    until(second, SAYS, [".queue", f"is queued. It waits for {ahead}."])
    assert "2 of 2 workers busy." in second.inner_text(".queue")
    screenshot(second, "queue-waiting")
    first.click(".race-toggle")
    until(second, SAYS, [".queue", f"{ahead} (paused: resume or stop it)."])
    first.click(".race-stop")
    state_is(first, "stopped")
    finished(second)
    assert not second.is_visible(".queue")
    second.click("text=New race")
    until(second, "() => document.querySelector('.setup-busy').textContent === ''")
