"""Every entrant of a race: schedules, weight decay, honest counts, states that can be kept."""

import copy
import io
from typing import Any

import pytest
import torch

from core.training import TRAINABLE, Control, Job
from core.training.entrant import Entrant
from core.training.learner import build
from core.training.model import build as build_network
from core.training.networks import network
from tests.core.training.helpers import curve, of, run
from tests.core.training.test_entrant import shapes_batches

SMALL: dict[str, Any] = {"train_size": 256, "epochs": 2, "batch_size": 32}


def named(kind: Any) -> str:
    return str(kind.model_fields["name"].default)


def test_all_that_the_paper_and_the_issue_name_can_race() -> None:
    assert {
        "gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adadelta", "adam",
        "adamw", "nadam", "adahessian", "barzilai_borwein", "lbfgs",
    } <= {named(each) for each in TRAINABLE}  # fmt: skip


def test_torchs_own_lbfgs_is_told_as_diverged_with_its_step() -> None:
    events = run(
        train_size=2048,
        epochs=2,
        batch_size=32,
        optimizers=[{"name": "lbfgs", "form": 2}, {"name": "lbfgs"}],
    )
    (diverged,) = of(events, "diverged")
    assert diverged["entrant"] == 0
    assert diverged["step"] <= 128
    assert "not a finite number" in diverged["reason"] or "rose to" in diverged["reason"]
    assert of(events, "done", 1)


def test_gradients_are_counted_honestly() -> None:
    entrants = [{"name": "adam"}, {"name": "adahessian", "probes": 2, "refresh": 2}]
    events = run(**SMALL, optimizers=entrants)
    assert [each["gradients"] for each in of(events, "done")] == [16, 16 + 8 * 2]


@pytest.mark.parametrize("name", ["gradient_descent", "adam", "adahessian"])
def test_a_schedule_sets_the_rate_of_every_step(name: str) -> None:
    schedule = {"name": "cosine"}
    job = Job.read({**SMALL, "optimizers": [{"name": name, "schedule": schedule}]})
    batches = shapes_batches(job)
    entrant = Entrant(0, job.optimizers[0], build_network(network("paper"), 0), batches)
    rates = job.optimizers[0].rates(batches.total)
    assert rates is not None
    for step in range(4):
        list(entrant.advance(0, step + 1, Control()))
        (group,) = entrant.learner._optimizer.param_groups
        assert group["lr"] == pytest.approx(float(rates[step]))
    assert rates[3] < rates[0]


def test_weight_decay_reaches_torch_and_shrinks_the_weights() -> None:
    norms = []
    for decay in (0.0, 0.5):
        events = run(**SMALL, optimizers=[{"name": "adam", "weight_decay": decay}])
        norms.append(of(events, "evaluation")[-1]["gauges"]["weight_norm"])
    assert norms[1] < norms[0]


def test_gauges_come_with_every_evaluation() -> None:
    entrants = [{"name": "adahessian"}, {"name": "barzilai_borwein"}, {"name": "lbfgs"}]
    events = run(**{**SMALL, "epochs": 3}, optimizers=entrants)
    newest = {each["entrant"]: each["gauges"] for each in of(events, "evaluation")}
    assert (
        newest[0]["diagonal_tenth"]
        <= newest[0]["diagonal_median"]
        <= newest[0]["diagonal_ninetieth"]
    )
    assert newest[1]["raw"] > 0
    assert newest[2]["evaluations"] > 0
    for each in newest.values():
        assert each["gradient_norm"] > 0
        assert each["weight_norm"] > 0


@pytest.mark.parametrize("kind", TRAINABLE, ids=named)
def test_a_state_that_was_kept_goes_on_bit_for_bit(kind: Any) -> None:
    """What an optimizer knows is all in its state_dict: half a run, a copy of it, the same rest."""

    def fresh() -> tuple[Any, Any]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            model = torch.nn.Sequential(
                torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)
            )
        race = {"seed": 3, "steps_per_epoch": 3}
        declaration = kind.model_validate(kind.training)
        return model, build(declaration, model.parameters(), torch.device("cpu"), **race)

    x, y = torch.linspace(-1, 1, 32).view(8, 4), torch.linspace(0, 1, 8).view(8, 1)

    def walk(model: Any, rule: Any, steps: int) -> None:
        def closure() -> torch.Tensor:
            rule.zero_grad()
            loss = torch.nn.functional.mse_loss(model(x), y)
            if not getattr(rule, "differentiates", False):
                loss.backward()  # type: ignore[no-untyped-call]
            return loss

        for _ in range(steps):
            rule.step(closure)

    whole, rule = fresh()
    walk(whole, rule, 5)
    kept = io.BytesIO()
    torch.save(copy.deepcopy(rule.state_dict()), kept)
    kept.seek(0)
    other, again = fresh()
    other.load_state_dict(copy.deepcopy(whole.state_dict()))
    again.load_state_dict(torch.load(kept, weights_only=True))
    walk(whole, rule, 7)
    walk(other, again, 7)
    for a, b in zip(whole.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)


def test_the_same_race_gives_the_same_curves() -> None:
    entrants = [{"name": "adahessian"}, {"name": "barzilai_borwein"}]
    first, second = (run(**SMALL, optimizers=entrants) for _ in range(2))
    assert curve(first, 0) == curve(second, 0)
    assert curve(first, 1) == curve(second, 1)
