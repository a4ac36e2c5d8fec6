"""A race's files: every number of the log, a report that needs nothing else, honest refusals."""

import csv
import io

import pytest

from core.training import Job, train
from server.races.curves import curves
from server.races.report import report
from tests.server.conftest import Server
from tests.server.watching import command, start, watch


def test_csv_and_json_hold_every_number_of_the_log(server: Server) -> None:
    race = start(server, entrants=2, epochs=6)
    events = watch(server, race)
    answer = server.http.get(f"/api/races/{race}/export.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="thalweg-race-')
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    table = server.http.get(f"/api/races/{race}/export.json").json()
    assert table["race"] == events[0]["race"]
    assert table["fingerprint"] == events[1]["fingerprint"]
    for entrant in range(2):
        own = [event for event in events if event.get("entrant") == entrant]
        steps = [step for event in own if event["type"] == "steps" for step in event["step"]]
        losses = [loss for event in own if event["type"] == "steps" for loss in event["loss"]]
        assert steps
        trained = [row for row in rows if row["entrant"] == str(entrant) and row["kind"] == "train"]
        assert [int(row["step"]) for row in trained] == steps
        assert [float(row["loss"]) for row in trained] == losses
        assert table["entrants"][entrant]["train"] == {"step": steps, "loss": losses}
        assert table["entrants"][entrant]["ending"]["type"] == own[-1]["type"]


def test_what_real_training_tells_at_the_end_and_of_its_hessian_is_in_the_csv() -> None:
    asked = {"train_size": 256, "epochs": 2, "batch_size": 32, "sharpness_every": 1}
    job = Job.read({**asked, "optimizers": [{"name": "adam"}]})
    events = list(train(job))
    queued = {"type": "queued", "race": job.model_dump(mode="json")}
    rows = list(csv.DictReader(io.StringIO(curves([queued, *events]).csv())))
    (told,) = (event for event in events if event["type"] == "tested")
    tests = {row["note"]: row for row in rows if row["kind"] == "test"}
    for which in ("best", "last"):
        row = tests[f"{which} weights"]
        found = tuple(float(row[key]) for key in ("step", "epoch", "loss", "accuracy"))
        keys = ("step", "epoch", "test_loss", "test_accuracy")
        assert found == tuple(told[which][key] for key in keys)
    looks = [row for row in rows if row["kind"] == "sharpness"]
    values = [event["value"] for event in events if event["type"] == "sharpness"]
    assert values
    assert [float(row["sharpness"]) for row in looks] == values
    assert {len(row) for row in rows} == {13}


def test_forks_changes_and_stops_are_in_every_file(server: Server) -> None:
    race = start(server, "endless", entrants=2)
    watch(server, race, stop_at="steps")
    changed = command(server, race, "set", entrant=0, hyperparameter="lr", value=0.5).json()
    forked = command(server, race, "fork", entrant=0, optimizer={"name": "momentum"}).json()
    kept = command(server, race, "fork", entrant=1, optimizer={"lr": 0.25}).json()
    left = command(server, race, "stop", entrant=2).json()
    command(server, race, "stop")
    step = {key: each["event"]["step"] for key, each in
            {"changed": changed, "forked": forked, "kept": kept, "left": left}.items()}  # fmt: skip
    text = server.http.get(f"/api/races/{race}/export.csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    deeds = {(row["entrant"], row["kind"]): row for row in rows if row["note"]}
    assert deeds["0", "changed"]["note"] == "lr 0.5, before 0"
    assert deeds["0", "changed"]["step"] == str(step["changed"])
    assert deeds["2", "forked"]["note"] == "weights of entrant 0, a fresh optimizer"
    assert deeds["3", "forked"]["note"] == "weights of entrant 1, its optimizer goes on"
    assert deeds["3", "forked"]["step"] == str(step["kept"])
    own = [int(row["step"]) for row in rows if (row["entrant"], row["kind"]) == ("2", "train")]
    assert own == list(range(step["forked"] + 1, step["left"] + 1))  # no step of its parent's
    (ending,) = [row for row in rows if row["kind"] == "withdrawn"]
    assert (ending["entrant"], ending["step"]) == ("2", str(step["left"]))
    table = server.http.get(f"/api/races/{race}/export.json").json()
    assert table["entrants"][2]["forked"]["parent"] == 0
    assert table["entrants"][0]["changes"][0]["value"] == 0.5
    page = server.http.get(f"/api/races/{race}/export.html").text
    for words in (
        f"<td>Adam lr 0.25, from step {step['kept']:,}</td>",
        f"step {step['changed']:,}: lr 0.5, before 0",
        f"begins at step {step['forked']:,} of Adam lr 0.001, with a fresh optimizer",
        f"stopped at step {step['left']:,}",
    ):
        assert words in page
    script = server.http.get(f"/api/races/{race}/entrants/2/script.py").text
    assert f"if step == {step['changed']}:" in script
    assert "made(torch.optim.SGD, lr=" in script
    assert f"if step >= {step['forked']}:" in script


def test_the_report_stands_alone(server: Server) -> None:
    race = start(server, entrants=2)
    watch(server, race)
    text = server.http.get(f"/api/races/{race}/export.html").text
    assert "Plotly.newPlot" in text
    assert "<script src=" not in text
    assert "<link" not in text.split("<body>")[0]
    for rate in ("0.001", "0.002"):
        assert f"<td>Adam lr {rate}</td>" in text


def test_a_race_that_has_not_begun_can_be_exported(server: Server) -> None:
    ahead, waiting = start(server, "endless"), start(server, "endless")
    try:
        rows = server.http.get(f"/api/races/{waiting}/export.csv").text.splitlines()
        assert len(rows) == 1
        assert "<table>" in server.http.get(f"/api/races/{waiting}/export.html").text
    finally:
        for race in (waiting, ahead):
            server.http.post(f"/api/races/{race}/commands", json={"command": "stop"})


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("export.xls", 422, "expected csv, json or html"),
        ("entrants/9/script.py", 422, "expected an index from 0 to 2"),
        ("entrants/-1/script.py", 422, "expected an index"),
        ("entrants/²/script.py", 422, "expected an index"),
    ],
)
def test_what_is_not_there_is_refused(server: Server, path: str, status: int, words: str) -> None:
    race = start(server)
    watch(server, race)
    answer = server.http.get(f"/api/races/{race}/{path}")
    assert answer.status_code == status
    assert words in answer.json()["detail"]


def test_a_script_names_the_torch_optimizer(server: Server) -> None:
    race = start(server)
    watch(server, race)
    answer = server.http.get(f"/api/races/{race}/entrants/1/script.py")
    assert "made(torch.optim.Adam, lr=0.002" in answer.text


def test_the_sharpness_is_exported_where_it_was_measured() -> None:
    told = {"step": 8, "epoch": 1, "value": 12.5, "settled": True, "took": 0.25}
    found = curves(
        [
            {"type": "queued", "race": {"optimizers": [{"name": "adam"}, {"name": "momentum"}]}},
            {"type": "sharpness", "seq": 9, "entrant": 1, "products": 7, "images": 256, **told},
        ]
    )
    adam, momentum = found.described()["entrants"]
    assert adam["sharpness"] == []
    assert momentum["sharpness"] == [told]


def test_results_on_the_test_images_are_exported_where_there_are_any() -> None:
    best = {"step": 2, "epoch": 2.0, "test_loss": 0.7, "test_accuracy": 0.625}
    last = {"step": 3, "epoch": 3.0, "test_loss": 0.9, "test_accuracy": 0.5}
    found = curves(
        [
            {"type": "queued", "race": {"optimizers": [{"name": "adam"}, {"name": "momentum"}]}},
            {"type": "tested", "seq": 9, "entrant": 1, "images": 1024, "best": best, "last": last},
        ]
    )
    adam, momentum = found.described()["entrants"]
    assert adam["test"] is None
    assert momentum["test"] == {"images": 1024, "best": best, "last": last}
    text = report(found, "race 1")
    assert "62.50%" in text
    assert "50.00%" not in text
