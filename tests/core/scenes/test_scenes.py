"""Every scene says something that is true: its claim is measured, here as on the page."""

import re
from dataclasses import replace

import pytest

from core.refusal import Refusal
from core.scenes import DOCUMENTS, SCENES, DescentScene, Fact, RaceScene, Scene, scene

DESCENTS = [each for each in SCENES if isinstance(each, DescentScene)]
RACES = [each for each in SCENES if isinstance(each, RaceScene)]

# What a scene may name as its source: figures, equations and sections of the chapter, slides by
# their titles, tables and figures of the paper.
FIGURES = {
    "Paper": r"Table \d( and Figure \d)?|Figure \d",
    "Slides": r"[A-Z][\w’:, -]+",
    "Chapter": r"Figure 4\.\d+( \([ab]\)| with Tables 4\.\d–4\.\d)?|"
    r"Equation 4\.\d+( and its note)?|Section 4\.\d, [\w -]+",
    "Thalweg": r"",
}
LONGEST = 112  # characters: two lines of a card, a little more where the column is narrow
MOST_WORK = 200_000  # steps × optimizers: some tens of milliseconds


@pytest.mark.parametrize("one", SCENES, ids=lambda each: each.id)
def test_the_claim_holds(one: Scene) -> None:
    facts = one.facts()
    assert facts
    assert [fact for fact in facts if not fact.holds] == []


@pytest.mark.parametrize("one", DESCENTS, ids=lambda each: each.id)
def test_the_request_is_complete_and_small(one: DescentScene) -> None:
    request = one.request()
    assert request.steps * len(request.optimizers) <= MOST_WORK
    assert request.view is not None
    (xlo, xhi), (ylo, yhi) = one.zoom or request.view
    assert xlo <= request.start[0] <= xhi
    assert ylo <= request.start[1] <= yhi
    assert one.at is None or 0 <= one.at <= request.steps
    assert (one.formula is None) != (one.surface is None)


def test_ids_and_titles_are_unique_and_fit_an_address() -> None:
    assert len({each.id for each in SCENES}) == len(SCENES) >= 30
    assert len({each.title for each in SCENES}) == len(SCENES)
    assert all(re.fullmatch(r"[a-z0-9-]{3,64}", each.id) for each in SCENES)


@pytest.mark.parametrize("one", SCENES, ids=lambda each: each.id)
def test_words_and_source(one: Scene) -> None:
    assert one.source.document in DOCUMENTS
    assert re.fullmatch(FIGURES[one.source.document], one.source.figure), one.source
    assert len(one.sentence) <= LONGEST
    assert one.sentence.endswith(".")
    assert "!" not in one.sentence


def test_every_document_has_a_scene() -> None:
    assert {each.source.document for each in SCENES} == set(DOCUMENTS)


@pytest.mark.parametrize("start", [(0.2, 0.2), (-0.2, 0.2), (0.2, -0.2), (-0.2, -0.2)])
def test_figure_4_2_holds_whichever_sign_the_start_has(start: tuple[float, float]) -> None:
    """The chapter's text lost its minus signs on the way; the figure's point needs none of them."""
    found = scene("near-but-never")
    assert isinstance(found, DescentScene)
    assert all(fact.holds for fact in replace(found, start=start).facts())


def test_a_false_claim_is_seen() -> None:
    found = scene("perfect-steps-poor-path")
    assert isinstance(found, DescentScene)
    other = replace(found, optimizers=({"name": "backtracking"},))
    assert not all(fact.holds for fact in other.facts())
    assert not Fact("a number that is none", float("nan"), 0, 1).holds


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(Refusal, match="“mars”"):
        scene("mars")
