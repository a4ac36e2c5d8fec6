"""Races: start, list, command; and their events, continued exactly where a reader left off."""

import asyncio
import contextlib
import logging

from fastapi import APIRouter, Request, WebSocket
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.websockets import WebSocketDisconnect

from core.refusal import Refusal
from core.training import Job
from server.answers import json_response
from server.body import read
from server.errors import refused
from server.races.log import Batch
from server.races.orders import Order
from server.services import Services, services

router = APIRouter()
logger = logging.getLogger("thalweg")

TICK = 0.1
"""Seconds between two messages to one watcher."""

SLOW = 10.0
"""Seconds that a watcher may take to accept a message before it is let go; it may come back and
continue where it was."""


@router.post("/api/races")
async def start(request: Request) -> Response:
    """Start a race, or queue it behind the one that is running."""
    job = await read(request, Job)
    return json_response(await services(request).races.create(job), 201)


@router.get("/api/races")
async def races(request: Request) -> Response:
    """List the newest races, and say what the workers can take."""
    found = services(request).races
    return json_response({"races": await found.recent(), "capacity": found.spare()})


@router.get("/api/races/{race}")
async def race_(request: Request, race: str) -> Response:
    """Describe one race."""
    return json_response(await services(request).races.describe(race))


@router.post("/api/races/{race}/commands")
async def command(request: Request, race: str) -> Response:
    """Pause, resume, stop, set or fork; answered once the workers have acknowledged."""
    order = await read(request, Order)
    answer = await services(request).races.command(race, order)
    return json_response({"command": order.command, **answer}, 202)


@router.get("/api/races/{race}/events")
async def events(request: Request, race: str) -> Response:
    """Answer with all events after `?after=`, as far as the race has come."""
    found = services(request)
    after = await _after(request, found, race)
    last = await found.log.last(race)
    texts: list[str] = []
    state = ""
    async with contextlib.aclosing(found.log.events(race, after)) as batches:
        async for batch in batches:
            texts += batch.events
            state = batch.state
            if batch.final or after + len(texts) >= last:
                break
    return Response(Batch(texts, state, False).json(), media_type="application/json")


@router.websocket("/ws/races/{race}")
async def watch(websocket: WebSocket, race: str) -> None:
    """Send all events after `?after=`, then each as it comes, and close once the race is over."""
    found = services(websocket)
    try:
        after = await _after(websocket, found, race)
    except Refusal as refusal:
        # Refused in place of the handshake: a browser sees that there is no such socket.
        await websocket.send_denial_response(await refused(websocket, refusal))
        return
    await websocket.accept()
    tasks = {
        asyncio.create_task(_follow(websocket, found, race, after)),
        asyncio.create_task(_until_gone(websocket)),
    }
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        for ending in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ending, Exception):
                logger.error("a watcher of race %s was lost", race, exc_info=ending)


async def _until_gone(websocket: WebSocket) -> None:
    """Wait until the browser has left; nothing that it says matters."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


async def _follow(websocket: WebSocket, found: Services, race: str, after: int) -> None:
    """Send the race's events to its end; give up on a browser that has left or does not read."""
    with contextlib.suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with contextlib.aclosing(found.log.events(race, after)) as batches:
            async for batch in batches:
                async with asyncio.timeout(SLOW):
                    await websocket.send_text(batch.json())
                if not batch.final:
                    await asyncio.sleep(TICK)
        await websocket.close(1000)


async def _after(connection: HTTPConnection, found: Services, race: str) -> int:
    """Read `?after=`, the seq of the last event that the reader has; raises Refusal."""
    await found.races.describe(race)
    text = connection.query_params.get("after", "0")
    last = await found.log.last(race)
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refusal(
            f"after: expected the seq of the last event you have, got {text[:40]!r}; "
            "send 0 for all events.",
            field="after",
        )
    if int(text) > last:
        raise Refusal(
            f"after: expected a seq of this race, which has reached {last}, got {text}; "
            "send 0 for all events.",
            field="after",
        )
    return int(text)
