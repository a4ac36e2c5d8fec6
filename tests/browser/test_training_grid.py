"""Learning rates tried side by side: started by one click, read off the log, adopted by another."""

from tests.browser.driver import until
from tests.browser.races import log, state_is
from tests.browser.service import Service
from tests.browser.witness import OpenPage

TINY = (
    "/#/training?dataset=shapes&train_size=256&epochs=1&batch_size=64"
    "&with=gradient_descent,lr:1&with=lbfgs,lr:1"
)
IDENTITY = "() => window.thalweg.training.store.get().session?.race.id"


def test_a_grid_shows_each_rate_and_hands_on_the_best(open_page: OpenPage, server: Service) -> None:
    page = open_page(TINY)
    page.click(".entrants-grid")
    identity = until(page, IDENTITY)
    state_is(page, "finished")
    events = log(server.url, identity)
    entrants = events[0]["race"]["optimizers"]
    rates = [each["lr"] for each in entrants if each["name"] == "gradient_descent"]
    assert rates == [0.032, 0.1, 0.32, 1, 3.2, 10]
    lowest: dict[int, float] = {}
    for event in events:
        if event["type"] == "evaluation" and event["step"] and event["loss"] is not None:
            at = event["entrant"]
            lowest[at] = min(event["loss"], lowest.get(at, float("inf")))
    out = {event["entrant"] for event in events if event["type"] == "diverged"}
    best = min((at for at in range(len(rates)) if at not in out), key=lambda at: lowest[at])
    until(page, "(n) => document.querySelectorAll('.grid-cell').length === n", len(entrants))
    until(page, "(n) => document.querySelectorAll('.grid-cell.out').length === n", len(out))
    marked = page.get_attribute(".grid-row >> nth=0 >> .grid-cell.best", "data-entrant")
    assert marked == str(best)
    drawn = page.locator(".board-row:not(.off):not(.board-head)")
    assert drawn.count() == 2  # the best of each row alone

    page.click(f".grid-cell[data-entrant='{best}']")
    assert drawn.count() == 1
    page.click("text=Race the best rates")
    until(page, "() => document.querySelectorAll('.entrant').length === 2")
    configuration = page.evaluate("() => window.thalweg.training.store.get().configuration")
    assert configuration["optimizers"][0]["lr"] == rates[best]
