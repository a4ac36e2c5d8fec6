"""`shapes`: ten classes of small colour images that the project draws itself; no download.

One image is a figure (figures.py) of random place, size, angle, stretch and colour on a shaded,
textured ground, with clutter behind it, sometimes a bar in front of it, and noise over all. Colour
says nothing about the class. The same version of this file draws the same images everywhere, except
that another processor's sine may move a value by one of its 256 levels.
"""

from collections.abc import Generator
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from core.training.data import store
from core.training.data.base import RECORD, SIDE, Check, DataSet, Event, Images, Records
from core.training.data.figures import FIGURES, Figure, Plane

VERSION = 1  # raise it with any change to the images: it names the cached file
_TESTED = 1_024  # images of the test split
_CHUNK = 64  # images drawn at once: their planes stay in the processor's second-level cache

Random = np.random.Generator
Picture = NDArray[np.float32]  # (n, 3, side, side), 0..1

_AXIS = (np.arange(SIDE, dtype=np.float32) - np.float32(SIDE / 2 - 0.5)) / np.float32(SIDE / 2)
_X = _AXIS[None, None, :]  # (1, 1, side), -1..1 from left to right
_Y = _AXIS[None, :, None]  # (1, side, 1), -1..1 from top to bottom


class Shapes(DataSet):
    """Figures in the project's own hand."""

    name: ClassVar[str] = "shapes"
    title: ClassVar[str] = "Shapes"
    classes: ClassVar[tuple[str, ...]] = tuple(figure.__name__ for figure in FIGURES)
    train: ClassVar[int] = 4_096
    validation: ClassVar[int] = 1_024
    mean: ClassVar[tuple[float, float, float]] = (0.360, 0.360, 0.360)
    std: ClassVar[tuple[float, float, float]] = (0.209, 0.209, 0.209)

    def available(self) -> bool:
        """Say yes: they are drawn where they are needed."""
        return True

    def sentence(self) -> str:
        """Say what the images show."""
        return (
            f"{self.train + self.validation:,} small images of ten figures with clutter and noise, "
            "drawn here: no download."
        )

    def load(self, check: Check) -> Generator[Event, None, Images]:
        """Map the kept images, or draw them (about half a second)."""
        check()
        yield from ()
        records = store.keep(
            f"shapes-{VERSION}", lambda: draw(self.train + self.validation, "train")
        )
        check()
        test = store.keep(f"shapes-{VERSION}-test", lambda: draw(_TESTED, "test"))
        return Images((records,), self.sentence(), (test,))


def draw(count: int, part: str) -> Records:
    """Draw `count` labelled images: uint8 (count, 3073), label first, then the three planes.

    `part` ("train" or "test") names the stream of random numbers. The classes are as equal in
    number as `count` allows, and come in a shuffled order.
    """
    stream = [VERSION, *part.encode()]
    labels = (np.arange(count) % len(FIGURES)).astype(np.uint8)
    np.random.default_rng([*stream, len(FIGURES)]).shuffle(labels)
    records = np.empty((count, RECORD), np.uint8)
    records[:, 0] = labels
    for label, figure in enumerate(FIGURES):
        random = np.random.default_rng([*stream, label])
        rows = np.flatnonzero(labels == label)
        for first in range(0, len(rows), _CHUNK):
            chunk = rows[first : first + _CHUNK]
            records[chunk, 1:] = _picture(figure, len(chunk), random).reshape(len(chunk), -1)
    return records


def _picture(figure: Figure, n: int, random: Random) -> NDArray[np.uint8]:
    """Draw n images of one figure: uint8 (n, 3, side, side)."""
    ground = _uniform(random, 0.05, 0.55, n, 3)
    picture = _ground(ground, random)
    for _ in range(2):
        _paint(picture, _bar(n, random, reach=0.9), _uniform(random, 0, 1, n, 3))
    mask, x, y, radius = _figure(figure, n, random)
    _paint(picture, mask, _brighter(ground, random))
    angle = _uniform(random, 0, 2 * np.pi, n, 1, 1)
    veil = _bar(n, random, x=x + radius * np.cos(angle), y=y + radius * np.sin(angle))
    veil *= random.random((n, 1, 1)) < 0.5
    _paint(picture, veil, _uniform(random, 0, 1, n, 3))
    noise = random.standard_normal(picture.shape, dtype=np.float32)
    picture += noise * _uniform(random, 0.02, 0.1, n, 1, 1, 1)
    np.clip(picture, 0, 1, out=picture)
    picture *= np.float32(255)
    picture += np.float32(0.5)
    return picture.astype(np.uint8)


def _ground(colour: Picture, random: Random) -> Picture:
    """Shade the ground from side to side and lay a faint wave over it."""
    n = len(colour)
    angle = _uniform(random, 0, 2 * np.pi, n, 1, 1)
    slope = _X * np.cos(angle) + _Y * np.sin(angle)
    wave = np.sin(
        _X * _uniform(random, -9, 9, n, 1, 1) + _Y * _uniform(random, -9, 9, n, 1, 1) + angle
    )
    shade = _uniform(random, -0.2, 0.2, n, 3, 1, 1)
    depth = _uniform(random, -0.08, 0.08, n, 3, 1, 1)
    return colour[:, :, None, None] + shade * slope[:, None] + depth * wave[:, None]


def _figure(figure: Figure, n: int, random: Random) -> tuple[Plane, Plane, Plane, Plane]:
    """Place n figures: coverage 0..1 (n, side, side), and centre and radius, each (n, 1, 1)."""
    x, y = _uniform(random, -0.25, 0.25, n, 1, 1), _uniform(random, -0.25, 0.25, n, 1, 1)
    radius = _uniform(random, 0.45, 0.75, n, 1, 1)
    stretch = _uniform(random, 0.8, 1.25, n, 1, 1)
    u, v = _turned(_X - x, _Y - y, _uniform(random, -0.7, 0.7, n, 1, 1))
    distance = figure(u / (radius * stretch), v * stretch / radius)
    return _coverage(distance * radius), x, y, radius


def _bar(
    n: int,
    random: Random,
    reach: float = 0.0,
    x: Plane | float = 0.0,
    y: Plane | float = 0.0,
) -> Plane:
    """Coverage of n bars at (x, y), or anywhere within `reach` of it: (n, side, side)."""
    across = _X - x - _uniform(random, -reach, reach, n, 1, 1)
    down = _Y - y - _uniform(random, -reach, reach, n, 1, 1)
    u, v = _turned(across, down, _uniform(random, 0, np.pi, n, 1, 1))
    length, width = _uniform(random, 0.15, 0.6, n, 1, 1), _uniform(random, 0.06, 0.2, n, 1, 1)
    return _coverage(np.maximum(np.abs(u) - length, np.abs(v) - width))


def _turned(x: Plane, y: Plane, angle: Plane) -> tuple[Plane, Plane]:
    cos, sin = np.cos(angle), np.sin(angle)
    return cos * x + sin * y, cos * y - sin * x


def _coverage(distance: Plane) -> Plane:
    """Turn a signed distance in half sides into the covered part of each pixel."""
    covered: Plane = np.clip(np.float32(0.5) - distance * np.float32(SIDE / 2), 0, 1)
    return covered


def _brighter(ground: Picture, random: Random) -> Picture:
    """Pick colours that are brighter than the ground's, each channel by 0.06 to 0.42."""
    return ground + _uniform(random, 0.06, 0.42, *ground.shape)


def _paint(picture: Picture, mask: Plane, colour: Picture) -> None:
    """Lay `colour` (n, 3) over the picture where `mask` (n, side, side) covers it."""
    picture += mask[:, None] * (colour[:, :, None, None] - picture)


def _uniform(random: Random, low: float, high: float, *shape: int) -> NDArray[np.float32]:
    return random.random(shape, dtype=np.float32) * np.float32(high - low) + np.float32(low)
