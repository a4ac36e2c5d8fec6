"""The other curves: measured on the server, drawn, and in the link."""

from tests.browser.descent import settled, state
from tests.browser.driver import until
from tests.browser.witness import OpenPage

MEASURED = """
(name) => {
  const {picture, curve} = window.thalweg.store.get();
  const wanted = {step: 1, distance: 1, angle: 1}[name];
  return curve === name && wanted
    && picture.runs.every(({trajectory}) => trajectory.measure?.length === trajectory.rows);
}
"""


def test_another_curve_is_asked_for_drawn_and_linked(open_page: OpenPage) -> None:
    page = open_page("/")
    settled(page)
    for name in ("step", "distance", "angle"):
        page.select_option(".curve-other", name)
        until(page, MEASURED, name)
        settled(page)
        assert f"curve={name}" in page.url
    other = open_page(page.url.partition("/#")[1] + page.url.partition("/#")[2])
    until(other, MEASURED, "angle")
    assert state(other, "curve") == "angle"
    other.get_by_role("radio", name="Loss").click()
    until(other, "() => !location.hash.includes('curve=')")


# How far right each line's dot stands, and whether the playhead's line is drawn.
DOTS = """
() => [[...document.querySelectorAll(".curves .chart-signs:last-child .dot")]
  .map((dot) => parseFloat(dot.style.getPropertyValue("--x"))),
  !document.querySelector(".curves .chart-cursor").hidden]
"""
SPENT = """
() => {
  const {picture, step} = window.thalweg.store.get();
  return picture.runs.map(({trajectory: {data, rows, lastStep}}) => {
    const at = 7 * (step >= lastStep ? rows - 1 : step);
    return data[at + 4] + data[at + 5] + 2 * data[at + 6];
  });
}
"""


def test_over_evaluations_everybody_stands_where_his_count_is(open_page: OpenPage) -> None:
    page = open_page("/#/descent?steps=60&at=10&run=gradient_descent,newton,bfgs")
    settled(page)
    (first, *others), line = page.evaluate(DOTS)
    assert line
    assert all(abs(x - first) < 0.01 for x in others)
    page.select_option(".curve-over", "evaluations")
    until(page, "() => document.querySelector('.curves .chart-cursor').hidden")
    assert "over=evaluations" in page.url
    dots, line = page.evaluate(DOTS)
    spent = page.evaluate(SPENT)
    assert not line
    assert len({*spent}) == 3
    # Shares of one linear axis: differences on the page are in the proportion of the counts.
    shift = [(x - dots[0]) / (n - spent[0]) for x, n in zip(dots[1:], spent[1:], strict=True)]
    assert abs(shift[0] / shift[1] - 1) < 0.01
    linked = open_page(page.url.partition("/#")[1] + page.url.partition("/#")[2])
    settled(linked)
    assert state(linked, "over") == "evaluations"
