"""The line-search panel: folded at first, asks only while open, follows the playhead."""

from playwright.sync_api import Page, expect

from tests.browser.descent import settled
from tests.browser.driver import until

_INK = """
() => {
  const canvas = document.querySelector(".linesearch-picture");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value) => value > 0);
}
"""


def test_the_panel_asks_only_while_it_is_open(page: Page) -> None:
    settled(page)
    questions: list[str] = []
    page.on(
        "request",
        lambda sent: questions.append(sent.url) if sent.url.endswith("/line-searches") else None,
    )
    panel = page.get_by_role("region", name="Line search")
    scrub = page.get_by_role("slider", name="Step")
    scrub.press("Home")
    assert questions == []
    panel.locator("summary").click()
    expect(panel.locator(".one-sentence")).to_contain_text("minimum")
    until(page, _INK)
    before = panel.locator(".one-sentence").inner_text()
    scrub.press("ArrowRight")
    expect(panel.locator(".one-sentence")).not_to_have_text(before)
    assert len(questions) >= 2
    scrub.press("End")
    expect(panel.locator(".one-sentence")).to_have_text("The run ends here: no step follows.")
