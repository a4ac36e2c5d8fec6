"""What the page draws of the data is what the surface sums over."""

import numpy as np
import pytest

from core.formula import compile, parse
from core.surfaces import SURFACES, Surface, surface
from core.surfaces.pictures import Model, Points

SUMS = [each for each in SURFACES if each.data is not None]

# The loss of one row by the model's output o and the target t, as its field writes it.
LOSSES = {
    "linear_regression": lambda o, t: (o - t) ** 2 / 2,
    "logistic_regression": lambda o, t: -(t * np.log(o) + (1 - t) * np.log(1 - o)),
    "sigmoid_network_squared": lambda o, t: (o - t) ** 2,
    "sigmoid_network_cross_entropy": lambda o, t: -(t * np.log(o) + (1 - t) * np.log(1 - o)),
}


def test_every_sum_can_be_seen_and_nothing_else() -> None:
    assert [each.name for each in SURFACES if each.picture is not None] == [s.name for s in SUMS]


@pytest.mark.parametrize("name", LOSSES)
def test_the_surface_is_the_mean_loss_of_its_model(name: str) -> None:
    found = surface(name)
    assert isinstance(found.picture, Model)
    assert found.data is not None
    native = compile(found.expression())
    output = parse(found.picture.output, dict.fromkeys(found.picture.inputs, 0.0))
    assert set(found.picture.inputs) | {found.picture.target} <= set(found.data.columns)
    assert len(found.picture.inputs) in (1, 2)
    model = compile(output)
    targets = found.data.column(found.picture.target)
    assert not found.picture.labels or set(targets) == {0.0, 1.0}
    for x, y in ((0.3, -0.8), (1.5, 1.1), (-1.2, 2.0)):
        total = 0.0
        for row, t in zip(found.data.rows, targets, strict=True):
            columns = dict(zip(found.data.columns, row, strict=True))
            o = model.evaluate(x, y, {key: columns[key] for key in found.picture.inputs})[0]
            total += LOSSES[name](o, t)
        ridge = 0.005 * (x * x + y * y) if name == "logistic_regression" else 0.0
        assert native.evaluate(x, y)[0] == pytest.approx(total / len(targets) + ridge, 1e-12)


@pytest.mark.parametrize("spread", [0.0, 0.4, 1.0])
def test_the_points_are_those_to_which_the_distances_lead(spread: float) -> None:
    found: Surface = surface("least_squares_points")
    assert isinstance(found.picture, Points)
    assert found.data is not None
    native = compile(found.expression())
    places = [compile(parse(text)) for text in (found.picture.x, found.picture.y)]
    for x, y in ((0.0, 0.0), (6.6, 4.9)):
        total = 0.0
        for row in found.data.rows:
            known = {**dict(zip(found.data.columns, row, strict=True)), "spread": spread}
            u, v = (
                place.evaluate(0, 0, {n: known[n] for n in place.expression.parameters})[0]
                for place in places
            )
            total += known[found.picture.weight] * ((x - u) ** 2 + (y - v) ** 2)
        wanted = native.evaluate(x, y, {"spread": spread})[0]
        assert total / len(found.data.rows) == pytest.approx(wanted, 1e-13)
