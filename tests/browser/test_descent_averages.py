"""The averages panel: folded at first, drawn while β is dragged, in the link, asked while open."""

from playwright.sync_api import Page, expect

from server.scenes import listing
from tests.browser.descent import drag_slider, settled, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

_INK = """
() => {
  const canvas = document.querySelector(".averages-panel .strip canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let hash = 0;
  for (let i = 3; i < data.length; i += 4) hash = (Math.imul(hash, 31) + data[i]) | 0;
  return hash;
}
"""


def _row(page: Page, row: int) -> list[str]:
    return page.locator(".average-table tbody tr").nth(row).locator("td").all_inner_texts()


def test_the_five_steps_of_the_slides(open_page: OpenPage) -> None:
    page = open_page("/")
    settled(page)
    assert "averages" not in page.url
    page.click(".averages-panel summary")
    page.get_by_label("Sequence", exact=True).select_option(label="Five steps of the slides, y")
    until(page, "() => location.hash.includes('average=five_y')")
    assert _row(page, 0) == ["2.5", "−3", "2.5", "−2", "1.5"]
    assert _row(page, 1)[0] == "0.25"
    assert _row(page, 2)[0] == "2.5"
    before = page.evaluate(_INK)
    drag_slider(page, "β of the mean", 0.5)
    assert state(page, "average")["beta"] < 0.6
    assert page.evaluate(_INK) != before
    page.get_by_label("of the squares").check()
    until(page, "() => document.querySelectorAll('.average-table tbody tr').length === 4")
    assert _row(page, 3)[0] == "1"
    page.go_back()
    until(page, "() => document.querySelectorAll('.average-table tbody tr').length === 3")


def test_typed_numbers_are_averaged_and_a_fault_keeps_the_last(open_page: OpenPage) -> None:
    page = open_page("/#/descent?average=numbers:0.5:plain:8,4")
    until(page, "() => document.querySelectorAll('.average-table tbody td').length === 6")
    assert _row(page, 1) == ["4", "4"]
    box = page.get_by_label("Numbers", exact=True)
    box.fill("8, 4, x")
    expect(page.locator("#average-fault")).to_contain_text("“x”")
    assert state(page, "average")["numbers"] == [8, 4]
    box.fill("8, 4, 4")
    expect(page.locator("#average-fault")).to_be_empty()
    until(page, "() => document.querySelectorAll('.average-table tbody td').length === 9")
    assert _row(page, 1) == ["4", "4", "4"]


def test_the_rates_are_asked_for_only_while_the_panel_is_open(page: Page) -> None:
    settled(page)
    questions: list[str] = []
    page.on(
        "request",
        lambda sent: questions.append(sent.url) if "coordinate-rates" in sent.url else None,
    )
    page.get_by_label("Optimizer to inspect").select_option(label="Adam")
    settled(page)
    assert questions == []
    page.click(".averages-panel summary")
    rates = page.get_by_role("region", name="Learning rate per coordinate")
    expect(rates.locator(".average-words")).to_contain_text("of Adam the rate is")
    before = rates.locator(".average-words").inner_text()
    asked = len(questions)
    page.get_by_role("slider", name="Step").press("Home")
    expect(rates.locator(".average-words")).to_contain_text("In step 1 of Adam")
    assert rates.locator(".average-words").inner_text() != before
    assert len(questions) == asked == 1
    drag_slider(page, "lr of Adam", 0.3)
    expect(rates.locator(".average-words")).not_to_contain_text(before.rsplit(":", 1)[1])
    page.get_by_label("Sequence", exact=True).select_option(label="∂f/∂x")
    expect(page.locator(".strip-caption").first).to_have_text("∂f/∂x along Adam")
    page.click(".averages-panel summary")
    until(page, "() => !location.hash.includes('average')")
    asked = len(questions)
    drag_slider(page, "lr of Adam", 0.5)
    assert len(questions) == asked


def test_nothing_sticks_out_of_a_phone(open_page: OpenPage) -> None:
    page = open_page("/#/descent?average=sine:0.9&inspect=adam", width=420, scheme="dark")
    settled(page)
    expect(page.locator(".averages-panel .strip")).to_have_count(2)
    over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0


def test_a_scene_opens_the_panel(open_page: OpenPage) -> None:
    hashes = {card["id"]: card["hash"] for card in listing()}
    page = open_page("/" + hashes["scaled-by-variation"])
    settled(page)
    assert state(page, "average")["sequence"] == "five_y"
    expect(page.locator(".average-table")).to_be_visible()
    expect(page.locator(".scene-told")).to_contain_text("Scaled by variation")
    page.evaluate("(hash) => { location.hash = hash; }", hashes["left-uncorrected"])
    until(page, "() => document.querySelector('.strip-caption').textContent.includes('∂f/∂x')")
    expect(page.locator(".row-name").filter(has_text="c = 0")).to_be_visible()
    expect(page.locator(".scene-told")).to_contain_text("Adam without its correction")
