"""The gallery as data: every scene with the link that opens it, and what its card draws.

A link is what frontend/descent/link.js and frontend/training/configuration.js read. Start, steps
and playhead are always written; a hyperparameter or parameter only where it is not the default.
"""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from core.descent import NamedSurface, Request, defaults
from core.optimizers import Optimizer
from core.scenes import SCENES, DescentScene, RaceScene, Scene
from core.surfaces import surface
from core.training import Job
from core.training.data import dataset


@cache
def listing() -> list[dict[str, Any]]:
    """Build the gallery; it stays the same for as long as the server runs."""
    return [_card(each) for each in SCENES]


def _card(scene: Scene) -> dict[str, Any]:
    room, query, picture = (
        ("descent", _descent(scene), _map(scene))
        if isinstance(scene, DescentScene)
        else ("training", _training(scene), _entrants(scene))
    )
    return {
        "id": scene.id,
        "title": scene.title,
        "sentence": scene.sentence,
        "source": {"document": scene.source.document, "figure": scene.source.figure},
        "room": room,
        "hash": f"#/{room}?{urlencode(query, safe=':,/')}",
        "picture": picture,
        "recorded": _recorded(scene),
    }


def _recorded(scene: Scene) -> str | None:
    """Give the link of the run that came with Thalweg, where one did."""
    race = scene.recorded if isinstance(scene, RaceScene) else None
    return None if race is None else f"#/training?race={race}"


def _map(scene: DescentScene) -> dict[str, Any]:
    """Give the question to put to the descents, the part of the plane to draw, and the playhead."""
    request = scene.request()
    return {
        "question": {
            **request.model_dump(mode="json", exclude={"grid"}),
            "optimizers": [_asked(each) for each in request.optimizers],
        },
        "view": scene.zoom or request.view,
        "at": request.steps if scene.at is None else scene.at,
    }


def _asked(optimizer: Optimizer) -> dict[str, Any]:
    """Write an optimizer down with its schedule, which no plain dump has."""
    schedule = optimizer.schedule
    told = {} if schedule is None else {"schedule": schedule.model_dump()}
    return {**optimizer.model_dump(mode="json"), **told}


def _entrants(scene: RaceScene) -> dict[str, Any]:
    """Give the configuration alone: what a race will show is not known before it is run."""
    return {"race": scene.job().model_dump(mode="json")}


def _descent(scene: DescentScene) -> list[tuple[str, str]]:
    request = scene.request()
    query = _surface(request)
    query.append(("start", _join(request.start)))
    query.append(("steps", str(request.steps)))
    if request.seed:
        query.append(("seed", str(request.seed)))
    if request.batch_size is not None:
        query.append(("batch", str(request.batch_size)))
    named = request.surface.name if isinstance(request.surface, NamedSurface) else None
    usual = defaults(named).hyperparameters
    runs = ((each, usual[_name(each)]) for each in request.optimizers)
    query.append(
        ("run", ",".join(_run(each, ":", each.hyperparameters(), known) for each, known in runs))
    )
    if scene.curve != "loss":
        query.append(("curve", scene.curve))
    query.append(("at", str(request.steps if scene.at is None else scene.at)))
    if scene.zoom is not None:
        query.append(("zoom", _join((*scene.zoom[0], *scene.zoom[1]))))
    if scene.average is not None:
        query.append(("average", scene.average))
    if scene.open:
        query.append(("open", ",".join(scene.open)))
    if scene.model:
        query.append(("model", "on"))
    return [*query, ("scene", scene.id)]


def _surface(request: Request) -> list[tuple[str, str]]:
    asked, view = request.surface, request.view
    if isinstance(asked, NamedSurface):
        query = [("surface", asked.name)]
        usual = {each.name: each.default for each in surface(asked.name).parameters}
    else:
        assert view is not None  # a typed formula has none of its own: its scene declares it
        query = [("formula", asked.formula), ("view", _join((*view[0], *view[1])))]
        usual = {}
    changed = [
        f"{key}:{_number(value)}"
        for key, value in (asked.parameters or {}).items()
        if value != usual.get(key)
    ]
    return [*query, ("p", ",".join(changed))] if changed else query


def _training(scene: RaceScene) -> list[tuple[str, str]]:
    job: Job = scene.job()
    size = dataset(job.dataset).train if job.train_size is None else job.train_size
    return [
        ("dataset", job.dataset),
        ("network", job.network),
        ("train_size", str(size)),
        ("epochs", str(job.epochs)),
        ("batch_size", str(job.batch_size)),
        ("seed", str(job.seed)),
        *_beyond(job),
        *(("with", _run(each, ",", each.trained_with(), _usual(each))) for each in job.optimizers),
    ]


def _beyond(job: Job) -> list[tuple[str, str]]:
    """Write what few races change, where this one does."""
    held, usual = job.validation_size, dataset(job.dataset).validation
    return [
        *([("validation_size", str(held))] if held not in (None, usual) else []),
        *([("crop", str(job.crop))] if job.crop else []),
        *([("repeats", str(job.repeats))] if job.repeats > 1 else []),
        *([("flip", "1")] if job.flip else []),
        *([("sharpness_every", str(job.sharpness_every))] if job.sharpness_every else []),
        *([("landscape", "1")] if job.landscape else []),
    ]


def _usual(optimizer: Optimizer) -> dict[str, float]:
    """Give what an entrant has where a link says nothing."""
    beyond = {each.name: each.default for each in optimizer.network_parameters()}
    return {**(optimizer.training or {}), **beyond}


def _run(
    optimizer: Optimizer, comma: str, values: dict[str, float], usual: dict[str, float]
) -> str:
    """Write one optimizer: its name, then name:value of every number that is not the usual one."""
    changed = (
        f"{key}:{_number(value)}" for key, value in values.items() if value != usual.get(key)
    )
    return comma.join([_name(optimizer), *changed, *_schedule(optimizer)])


def _schedule(optimizer: Optimizer) -> list[str]:
    """Write what frontend/descent/schedules.js reads: its name, and what is not usual in it."""
    if (schedule := optimizer.schedule) is None:
        return []
    changed = [
        f"schedule.{each.name}:{_number(value)}"
        for each in schedule.parameters()
        if (value := getattr(schedule, each.name)) != each.default
    ]
    return [f"schedule:{schedule.name}", *changed]


def _name(optimizer: Optimizer) -> str:
    return str(optimizer.model_dump()["name"])


def _join(numbers: tuple[float, ...]) -> str:
    return ",".join(map(_number, numbers))


def _number(value: float) -> str:
    """Write a number so that JavaScript reads the same double back."""
    return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
