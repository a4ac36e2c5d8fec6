"""The rates of each coordinate over HTTP."""

import numpy as np

from core.descent import Request
from core.descent.coordinate_rates import coordinate_rates
from server.wire import ROWS
from tests.server.conftest import Server
from tests.server.jobs import descent


def test_the_answer_is_what_the_core_finds(server: Server) -> None:
    asked = descent(optimizers=[{"name": "momentum"}, {"name": "adam"}], inspect=1)
    answer = server.http.post("/api/coordinate-rates", json=asked).json()
    found = coordinate_rates(Request.model_validate(asked))
    assert answer["optimizer"] == "adam"
    assert answer["count"] == 50
    assert answer["steps"] == list(range(50))
    np.testing.assert_array_equal(answer["gradients"], found.gradients)
    np.testing.assert_array_equal(answer["rates"], found.rates)


def test_a_long_run_is_cut_and_thinned_and_says_so(server: Server) -> None:
    asked = descent(optimizers=[{"name": "adagrad", "lr": 1e-5}], steps=3 * ROWS)
    answer = server.http.post("/api/coordinate-rates", json=asked).json()
    found = coordinate_rates(Request.model_validate(asked))
    assert answer["count"] == len(found.gradients) == 3 * ROWS
    np.testing.assert_array_equal(answer["gradients"], found.gradients[:ROWS])
    assert found.rates is not None
    assert answer["steps"] == list(range(0, 3 * ROWS, 3))
    np.testing.assert_array_equal(answer["rates"], found.rates[::3])


def test_one_rate_for_both_coordinates_is_no_rate_of_each(server: Server) -> None:
    asked = descent(optimizers=[{"name": "momentum"}])
    answer = server.http.post("/api/coordinate-rates", json=asked).json()
    assert answer["rates"] is None
    assert len(answer["gradients"]) == answer["count"] > 0


def test_what_is_wrong_is_refused_with_its_field(server: Server) -> None:
    answer = server.http.post("/api/coordinate-rates", json=descent(batch_size=2))
    assert answer.status_code == 422
    assert answer.json()["field"] == "batch_size"
