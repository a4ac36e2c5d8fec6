"""Orders to single entrants of a real race: stop, change and fork, acknowledged and marked."""

from playwright.sync_api import Page

from tests.browser.driver import screenshot, until
from tests.browser.races import LONG, STATE, log, start, state_is
from tests.browser.service import Service
from tests.browser.witness import OpenPage

RULES = "() => document.querySelectorAll('.chart-pane.large .chart-rule').length"
BEGUN = f"() => ({STATE})().runs.every((run) => run.step.length > 0)"
TOAST = "(words) => document.querySelector('#toast').textContent.includes(words)"


def running(open_page: OpenPage, *, width: int = 1440) -> tuple[Page, str]:
    """A race of three in which every entrant has made its first steps."""
    page = open_page(LONG, width=width)
    race = start(page)
    until(page, BEGUN, seconds=60)  # the workers may still be starting
    return page, race


def orders(page: Page, name: str) -> None:
    """Unfold what can be asked of an entrant."""
    page.get_by_role("button", name=f"Orders to {name}", exact=True).click()


def told(server: Service, race: str, kind: str) -> list[dict[str, object]]:
    return [event for event in log(server.url, race) if event["type"] == kind]


def test_a_value_is_changed_and_the_worker_says_from_which_step(
    open_page: OpenPage, server: Service
) -> None:
    page, race = running(open_page)
    orders(page, "Adam")
    page.click("[data-kind=set]")
    page.get_by_label("New lr of Adam, number").fill("2000")
    page.keyboard.press("Tab")
    page.click(".order-give")
    assert "Expected lr from" in page.inner_text(".orders")  # and nothing was sent
    assert told(server, race, "changed") == []
    page.get_by_label("New lr of Adam, number").fill("0.01")
    screenshot(page, "orders-change")
    page.keyboard.press("Enter")
    until(page, TOAST, "Adam’s lr is 0.01 from step ")
    (event,) = told(server, race, "changed")
    step = f"{event['step']:,}"
    assert f"from step {step}; it was 0.002." in page.inner_text("#toast")
    assert page.locator(".orders").count() == 0
    until(page, f"() => ({RULES})() === 1")
    assert f"from step {step};" in page.inner_text(".deeds")
    # On every chart, whatever they are drawn against, and still there for whoever comes later.
    for against in ("Time", "Gradients", "Epoch"):
        page.get_by_role("radio", name=against, exact=True).click()
        until(page, "() => document.querySelectorAll('.chart-rule').length === 3")
    page.reload()
    until(page, f"() => ({RULES})() === 1")
    page.get_by_role("button", name="Curve of Adam", exact=True).click()
    until(page, f"() => ({RULES})() === 0")  # it goes with its curve
    page.click(".race-stop")
    state_is(page, "stopped")
    until(page, "() => !document.querySelector('.board-more:not([hidden])')")


def test_a_fork_starts_on_its_parents_curve_and_one_entrant_stops(
    open_page: OpenPage, server: Service
) -> None:
    page, race = running(open_page)
    orders(page, "Momentum")
    page.click("[data-kind=fork]")
    page.get_by_label("lr of the fork of Momentum, number").fill("0.003")
    page.keyboard.press("Tab")
    assert "all that the optimizer has gathered" in page.inner_text(".order-words")
    page.click(".order-give")
    until(page, f"() => ({STATE})().runs.length === 4")
    (event,) = told(server, race, "forked")
    step = f"{event['step']:,}"
    name = f"Momentum lr 0.003, from step {step}"
    until(
        page,
        "(n) => [...document.querySelectorAll('.board-name')].some((b) => b.textContent === n)",
        name,
    )
    until(page, f"() => ({STATE})().runs[3].step.length > 0")
    begins = page.evaluate(
        f"""() => {{
          const {{ runs }} = ({STATE})();
          return [runs[3].step[0], runs[3].seconds[0] > runs[3].origin.seconds];
        }}"""
    )
    assert begins == [int(str(event["step"])) + 1, True]
    # Another optimizer, from a checkpoint: its pause has kept one.
    page.click(".race-toggle")
    state_is(page, "paused")
    until(page, f"() => ({STATE})().runs[1].checkpoints.length > 0")
    orders(page, "Adam")
    page.click("[data-kind=fork]")
    page.get_by_label("Optimizer of the fork of Adam").select_option("rmsprop")
    page.click(".order-more")
    page.get_by_label("alpha of the fork of Adam, number").fill("0.9")
    page.keyboard.press("Tab")
    page.get_by_label("Where the fork of Adam begins").select_option(index=1)
    assert "begins anew" in page.inner_text(".order-words")
    screenshot(page, "orders-fork")
    page.click(".order-give")
    until(page, TOAST, "RMSprop with lr ")
    until(page, f"() => ({STATE})().runs.length === 5")
    second = told(server, race, "forked")[1]
    asked = second["optimizer"]
    assert isinstance(asked, dict)
    assert (asked["name"], asked["alpha"]) == ("rmsprop", 0.9)
    assert second["step"] in [each["step"] for each in told(server, race, "checkpoint")]
    orders(page, "Gradient descent")
    page.click("[data-kind=stop]")
    until(page, TOAST, "Gradient descent stopped at step ")
    (left,) = told(server, race, "withdrawn")
    note = f"stopped at step {left['step']:,}"
    page.locator(".board-note", has_text=note).wait_for()
    assert page.locator(".deeds li").count() == 3
    screenshot(page, "orders-done", whole=True)
    page.click(".race-stop")
    state_is(page, "stopped")


def test_a_refusal_is_a_sentence_where_it_was_asked(open_page: OpenPage, server: Service) -> None:
    page = open_page(LONG, expected_errors=("422",))
    race = start(page)
    until(page, BEGUN, seconds=60)  # the workers may still be starting
    orders(page, "Adam")
    page.click("[data-kind=fork]")
    # Somebody else's page may have stopped it, or its checkpoint may be gone: here, one never kept.
    page.evaluate(
        """() => {
          const from = document.querySelector('[aria-label="Where the fork of Adam begins"]');
          from.append(new Option('from step 999999', '999999', true, true));
          from.dispatchEvent(new Event('change'));
        }"""
    )
    page.click(".order-give")
    until(page, "() => document.querySelector('.orders > .field-fault:not([hidden])')")
    assert "got 999,999; choose one of them." in page.inner_text(".orders > .field-fault")
    assert page.inner_text(".order-give") == "Fork"
    page.keyboard.press("Escape")
    assert page.locator(".orders").count() == 0
    assert (
        page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Orders to Adam"
    )
    page.click(".race-stop")
    state_is(page, "stopped")
    assert told(server, race, "forked") == []


def test_orders_fit_a_phone(open_page: OpenPage) -> None:
    page, _ = running(open_page, width=420)
    orders(page, "Momentum")
    page.click("[data-kind=fork]")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 420
    screenshot(page, "orders-phone", whole=True)
    page.click(".race-stop")
    state_is(page, "stopped")
