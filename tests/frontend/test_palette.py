"""Every optimizer has an ink of its own, readable on every tone of the map and as text."""

import re
from pathlib import Path

import pytest

from core.optimizers import NAMES

PALETTE = Path(__file__).parents[2] / "frontend" / "palette.js"
ROW = re.compile(r'(\w+): \{ light: "(#\w{6})", dark: "(#\w{6})", dash: \[([\d, ]*)\] \}')
INKS = {name: (light, dark, dash) for name, light, dark, dash in ROW.findall(PALETTE.read_text())}
# The ends of the map's ground, twelve tones linear in sRGB, and the page.
LIGHT, DARK = ("#FFFFFF", "#D3DCE5", "#FFFFFF"), ("#34455C", "#0F141A", "#101419")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_every_optimizer_has_a_readable_ink(name: str) -> None:
    light, dark, _ = INKS[name]
    for ink, (lowest, highest, page) in ((light, LIGHT), (dark, DARK)):
        # Between the ends of a ground lighter (or darker) than the ink, the end nearest it decides.
        assert min(contrast(ink, lowest), contrast(ink, highest)) >= 3
        assert contrast(ink, page) >= 4.5


def test_no_two_look_alike() -> None:
    assert set(INKS) - {"UNKNOWN"} == set(NAMES)
    assert len({light for light, _, _ in INKS.values()}) == len(INKS)
    assert len({dark for _, dark, _ in INKS.values()}) == len(INKS)
