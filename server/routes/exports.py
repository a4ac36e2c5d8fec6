"""What a race leaves behind: tables in full resolution, a report, a script for each entrant."""

import asyncio
import contextlib
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from core.refusal import Refusal
from core.training import Job
from core.training.script import repeatable, script
from server.answers import encode
from server.races.curves import Curves, curves
from server.races.lineage import way
from server.races.report import report
from server.races.report_repeats import report_repeats
from server.services import Services, services

router = APIRouter()

TYPES = {"csv": "text/csv", "json": "application/json", "html": "text/html"}


@router.get("/api/races/{race}/export.{kind}")
async def export(request: Request, race: str, kind: str) -> Response:
    """Answer with a file of all that is known of the race by now: csv, json or html."""
    found = services(request)
    described = await found.races.describe(race)
    if kind not in TYPES:
        raise Refusal(
            f"Export: expected csv, json or html, got {kind[:20]!r}; ask for one of those.",
            field="kind",
        )
    events = await _events(found, race)
    name = f"Thalweg race {described['number']}"
    text = await asyncio.to_thread(_written, events, kind, name)
    return _file(text, TYPES[kind], f"thalweg-race-{described['number']}.{kind}")


@router.get("/api/races/{race}/entrants/{entrant}/script.py")
async def script_(request: Request, race: str, entrant: str) -> Response:
    """Answer with a script in plain torch that gives the entrant's losses."""
    described = await services(request).races.describe(race)
    found = curves(await _events(services(request), race))
    known = len(found.entrants)
    if not (entrant.isascii() and entrant.isdigit()) or int(entrant[:9]) >= known:
        raise Refusal(
            f"Entrant: expected an index from 0 to {known - 1}, got {entrant[:20]!r}; "
            "take one of the race's own.",
            field="entrant",
        )
    number = int(entrant)
    text = await asyncio.to_thread(_script, found, number)
    if text is None:
        legs = way(found, number)
        own = [leg.declaration.name for leg in legs if not repeatable(leg.declaration)]
        raise Refusal(
            f"Script: expected optimizers of torch.optim all the way, got {own[0]}, "
            "whose step is Thalweg's own; run the race in Python instead (see README).",
            field="entrant",
        )
    name = found.entrants[number].name
    if found.repeats > 1:
        name += f"-seed-{found.entrants[number].seed}"
    return _file(text, "text/x-python", f"thalweg-race-{described['number']}-{name}.py")


def _script(found: Curves, entrant: int) -> str | None:
    origin = found.entrants[entrant].origin
    begins = 0 if origin is None else origin["step"]
    return script(Job.read(found.asked), entrant, way(found, entrant), begins)


def _written(events: list[Any], kind: str, name: str) -> str:
    found = curves(events)
    match kind:
        case "csv":
            return found.csv()
        case "json":
            return encode(found.described()).decode()
        case _:
            return (report_repeats if found.repeats > 1 else report)(found, name)


async def _events(found: Services, race: str) -> list[Any]:
    """Read the race's log as far as it has come."""
    last = await found.log.last(race)
    texts: list[str] = []
    async with contextlib.aclosing(found.log.events(race, 0)) as batches:
        async for batch in batches:
            texts += batch.events
            if batch.final or len(texts) >= last:
                break
    return await asyncio.to_thread(lambda: [orjson.loads(text) for text in texts])


def _file(text: str, kind: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, 200, headers, media_type=kind)
