"""The line search of one step over HTTP."""

import numpy as np

from core.descent import Request
from core.descent.linesearch import line_search_at
from tests.server.conftest import Server
from tests.server.jobs import descent


def test_the_answer_is_what_the_core_finds(server: Server) -> None:
    asked = descent(optimizers=[{"name": "adam"}, {"name": "bfgs"}], inspect=1)
    answer = server.http.post("/api/line-searches", json={**asked, "step": 3}).json()
    found = line_search_at(Request.model_validate(asked), 3)
    assert answer["step"] == found.step
    assert answer["minimiser"] == found.minimiser
    assert (answer["longest"], answer["batch_size"]) == (False, 0)
    for name in ("distances", "phi", "slopes", "armijo", "weak", "strong"):
        np.testing.assert_array_equal(answer[name], getattr(found, name))
    assert [each["distance"] for each in answer["trials"]] == [
        each.distance for each in found.trials
    ]
    assert [each["accepted"] for each in answer["trials"]][-1]


def test_a_step_that_is_not_taken_is_refused_with_its_field(server: Server) -> None:
    asked = descent(optimizers=[{"name": "bfgs"}])
    answer = server.http.post("/api/line-searches", json={**asked, "step": 50})
    assert answer.status_code == 422
    assert answer.json()["field"] == "step"
    assert "Expected a step from 0 to 49" in answer.json()["detail"]
