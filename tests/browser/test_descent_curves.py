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
