"""Catalogue, formulas, health, page: what the contract says they answer."""

from xml.etree import ElementTree

import pytest

from tests.server.conftest import Server


def test_catalogue_has_all_that_the_controls_need(server: Server) -> None:
    answer = server.http.get("/api/catalogue")
    assert answer.headers["cache-control"] == "no-store"
    catalogue = answer.json()
    assert [each["name"] for each in catalogue["surfaces"]][:2] == ["rosenbrock", "long_valley"]
    names = [each["name"] for each in catalogue["optimizers"]]
    assert names[0] == "gradient_descent"
    assert len(set(names)) == len(names) >= 10
    for surface in catalogue["surfaces"]:
        assert set(surface["defaults"]) == set(names)
        assert set(surface["shown"]) <= set(names)
        (xlo, xhi), (ylo, yhi) = surface["view"]
        assert xlo <= surface["start"][0] <= xhi
        assert ylo <= surface["start"][1] <= yhi
        ElementTree.fromstring(surface["mathml"])
    for optimizer in catalogue["optimizers"]:
        ElementTree.fromstring(optimizer["formula_mathml"])
        assert optimizer["primary"] in [each["name"] for each in optimizer["parameters"]]
        assert (optimizer["training"] is None) == (optimizer["training_parameters"] is None)
        trained = [each["name"] for each in optimizer["training_parameters"] or []]
        assert set(optimizer["changeable"]) <= set(trained)
        assert bool(optimizer["changeable"]) == bool(trained)
        for each in optimizer["parameters"]:
            assert each["low"] <= each["default"] <= each["high"]
            assert each["scale"] in ("linear", "log", "integer")
            ElementTree.fromstring(each["symbol"])
    assert catalogue["datasets"][0]["available"] is True
    assert [each["name"] for each in catalogue["datasets"]][:4] == [
        "shapes", "cifar10", "mnist", "fashion_mnist",
    ]  # fmt: skip
    for each in catalogue["datasets"]:
        assert each["train"] > each["validation"] > 0
        assert len(each["classes"]) == 10
    assert catalogue["networks"][0]["parameters"] > 0
    assert catalogue["limits"]["work"] == 500_000
    assert {"steps", "optimizers", "entrants", "epochs", "formula_characters"} <= set(
        catalogue["limits"]
    )
    assert len(catalogue["race"]["optimizers"]) == 6
    race = catalogue["race"]
    assert (race["validation_size"], race["crop"], race["flip"]) == (None, 0, False)
    assert (race["sharpness_every"], race["landscape"]) == (0, False)
    assert catalogue["costs"]["sharpness_products"] > 0
    assert catalogue["costs"]["landscape_points"] == 9**2 + 25**2
    assert "worker" in catalogue["device"]
    assert server.http.get(catalogue["plotly"]).status_code == 200


def test_a_formula_is_described(server: Server) -> None:
    answer = server.http.post("/api/formulas", json={"formula": "a*x^2 + log(y)"})
    assert answer.status_code == 200
    found = answer.json()
    assert found["parameters"] == ["a"]
    assert len(found["gradient"]) == 2
    assert len(found["hessian"]) == 3
    for text in (found["mathml"], *found["gradient"], *found["hessian"]):
        ElementTree.fromstring(text)
    assert found["hints"]


@pytest.mark.parametrize(
    ("body", "position"),
    [
        ({"formula": "x +* y"}, 3),
        ({"formula": "x + q", "parameters": {"a": 1}}, 4),
        ({"formula": "__import__('os')"}, 0),
    ],
)
def test_a_faulty_formula_is_refused_with_its_position(
    server: Server, body: object, position: int
) -> None:
    answer = server.http.post("/api/formulas", json=body)
    assert answer.status_code == 422
    assert answer.json()["position"] == position
    assert answer.json()["field"] == "formula"
    assert len(answer.json()["detail"]) > 20


def test_health(server: Server) -> None:
    found = server.http.get("/healthz").json()
    assert found["status"] == "ok"
    assert {"python", "sqlite", "numba", "torch", "plotly"} <= set(found["versions"])


def test_the_page_and_its_parts(server: Server) -> None:
    page = server.http.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "<title>Thalweg</title>" in page.text
    script = server.http.get("/frontend/main.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cache-control"] == "no-cache"
    kept = server.http.get("/frontend/main.js", headers={"if-none-match": script.headers["etag"]})
    assert kept.status_code == 304
    assert server.http.get("/static/base.css").headers["content-type"].startswith("text/css")
    icon = server.http.get("/favicon.ico")
    assert icon.headers["content-type"].startswith("image/svg+xml")


def test_plotly_comes_from_its_package_and_stays_in_the_cache(server: Server) -> None:
    moved = server.http.get("/plotly/0.0.1/plotly.min.js")
    assert moved.status_code == 307
    bundle = server.http.get(moved.headers["location"])
    assert bundle.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert bundle.headers["content-type"].startswith("text/javascript")
    assert len(bundle.content) > 3_000_000


@pytest.mark.parametrize(
    "path",
    [
        "/frontend/../server/guard.py",
        "/frontend/%2e%2e/server/guard.py",
        "/static/..%2f..%2fetc/passwd",
        "/frontend/",
        "/docs",
        "/openapi.json",
        "/api/races/",
        "/%00",
    ],
)
def test_nothing_else_is_served(server: Server, path: str) -> None:
    answer = server.http.get(path)
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("Path: expected one that this server knows")


def test_a_wrong_method_is_told_the_right_ones(server: Server) -> None:
    answer = server.http.request("DELETE", "/api/races")
    assert answer.status_code == 405
    assert "expected GET or POST, got DELETE" in answer.json()["detail"]
