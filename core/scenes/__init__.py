"""Scenes: figures of the source documents, and some of our own, as states that can be opened.

Each is declared once, with a sentence on what to notice and a claim that measures it.
"""

from core.refusal import Refusal
from core.scenes.chapter import CHAPTER
from core.scenes.chapter_newton import CHAPTER_NEWTON
from core.scenes.chapter_sums import CHAPTER_SUMS
from core.scenes.cooling import COOLING
from core.scenes.paper import PAPER
from core.scenes.scene import DOCUMENTS, DescentScene, Fact, RaceScene, Scene, Source
from core.scenes.slides import SLIDES
from core.scenes.slides_averages import SLIDES_AVERAGES
from core.scenes.slides_races import SLIDES_RACES
from core.scenes.thalweg import THALWEG

SCENES: tuple[Scene, ...] = (
    *CHAPTER,
    *CHAPTER_SUMS,
    *CHAPTER_NEWTON,
    *SLIDES,
    *SLIDES_RACES,
    *SLIDES_AVERAGES,
    *COOLING,
    *PAPER,
    *THALWEG,
)


def scene(identity: str) -> Scene:
    """Find a scene by its id; an unknown one is refused."""
    for each in SCENES:
        if each.id == identity:
            return each
    raise Refusal(
        f"Expected the id of a scene, got “{identity}”. The gallery lists them.", field="scene"
    )


__all__ = [
    "DOCUMENTS",
    "SCENES",
    "DescentScene",
    "Fact",
    "RaceScene",
    "Scene",
    "Source",
    "scene",
]
