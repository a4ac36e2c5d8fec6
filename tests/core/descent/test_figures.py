"""Numbers as a reader writes them."""

import pytest

from core.descent.figures import Figure, Point, figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.001327, "0.00133"),
        (-1.2, "−1.2"),
        (1.4e-10, "1.4·10⁻¹⁰"),
        (1e-12, "10⁻¹²"),
        (-1e21, "−10²¹"),
        (24.2, "24.2"),
        (999.9, "1,000"),
        (12345.6, "12,300"),
        (100000.0, "10⁵"),
        (2.0, "2"),
        (float("nan"), "not a finite number"),
        (float("-inf"), "not a finite number"),
    ],
)
def test_figure(value: float, text: str) -> None:
    assert figure(value) == text


def test_are_written_inside_sentences() -> None:
    assert f"at {Point((-1.2, 1))} f is {Figure(1e-9)}" == "at (−1.2, 1) f is 10⁻⁹"
