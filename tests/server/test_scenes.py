"""GET /api/scenes: what the gallery is built from."""

from typing import Any

import pytest

from core.descent import Request
from core.scenes import SCENES, DescentScene
from core.training import Job
from server.scenes import listing
from tests.server.conftest import Server


def test_the_gallery_lists_every_scene_once(server: Server) -> None:
    answer = server.http.get("/api/scenes")
    assert answer.status_code == 200
    cards = answer.json()
    assert [card["id"] for card in cards] == [each.id for each in SCENES]
    for card in cards:
        assert set(card) == {
            "id",
            "title",
            "sentence",
            "source",
            "room",
            "hash",
            "picture",
            "recorded",
        }
        assert set(card["source"]) == {"document", "figure"}
        assert card["hash"].startswith(f"#/{card['room']}?")
        assert " " not in card["hash"]


@pytest.mark.parametrize("card", listing(), ids=lambda card: card["id"])
def test_a_card_draws_what_its_scene_runs(card: dict[str, Any]) -> None:
    found = next(each for each in SCENES if each.id == card["id"])
    if isinstance(found, DescentScene):
        assert Request.read(card["picture"]["question"]) == found.request()
        assert card["picture"]["at"] <= found.request().steps
    else:
        assert Job.read(card["picture"]["race"]) == found.job()


def test_a_link_writes_what_is_not_usual_and_no_more() -> None:
    by_id = {card["id"]: card["hash"] for card in listing()}
    assert by_id["near-but-never"] == (
        "#/descent?surface=rosenbrock&start=0.2,0.2&steps=100000"
        "&run=gradient_descent:lr:0.005,gradient_descent:lr:0.0025"
        "&at=100000&zoom=-0.6,1.4,-0.35,1.15&scene=near-but-never"
    )
    assert by_id["back-and-forth"] == (
        "#/descent?surface=newton_quartic&start=1,0&steps=20&run=newton,damped_newton&at=4"
        "&model=on&scene=back-and-forth"
    )
    assert "&with=gradient_descent&with=gradient_descent,lr:0.01&" in by_id["cifar-10"]
