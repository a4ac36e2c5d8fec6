"""Descents: once over HTTP as JSON, or live over a socket where only the newest question counts."""

import asyncio
import logging
from functools import partial
from typing import Any

import numpy as np
from fastapi import APIRouter, Request, WebSocket
from pydantic import Field
from starlette.responses import Response
from starlette.websockets import WebSocketDisconnect

from core.descent import Descent
from core.descent import Request as Descending
from core.refusal import Refusal
from core.sentences import validated
from server.answers import encode
from server.body import decode, read
from server.ensembles import complete as in_full
from server.errors import BROKEN, described
from server.inspection import complete, found
from server.newest import Newest
from server.services import Services, services
from server.wire import ending, facts, pack, stops, theory

router = APIRouter()
logger = logging.getLogger("thalweg")

LARGEST = 2**53
"""Sequence numbers stay below: from here on a browser cannot count."""


class Live(Descending):
    """A descent over the socket: the reply carries the same `sequence`."""

    sequence: int = Field(ge=0, lt=LARGEST)


@router.post("/api/descents")
async def descents(request: Request) -> Response:
    """Run a descent and answer with every step of it."""
    asked = await read(request, Descending)
    body = await services(request).compute.descend(asked, _complete)
    return Response(body, media_type="application/json")


@router.websocket("/ws/descents")
async def live_descents(websocket: WebSocket) -> None:
    """Answer the newest question of this socket, one at a time; older ones get no reply."""
    found = services(websocket)
    await websocket.accept()
    try:
        with found.places.place(websocket.client.host if websocket.client else ""):
            questions: Newest[str | bytes] = Newest()
            async with asyncio.TaskGroup() as tasks:
                answering = tasks.create_task(_answer(websocket, found, questions))
                await _listen(websocket, questions)
                answering.cancel()
    except Refusal as refusal:
        await websocket.send_text(encode(described(refusal)).decode())
        await websocket.close(1013)


async def _listen(websocket: WebSocket, questions: Newest[str | bytes]) -> None:
    """Take questions until the browser goes away."""
    while (message := await websocket.receive())["type"] == "websocket.receive":
        text = message.get("text")
        questions.put(message["bytes"] if text is None else text)


async def _answer(websocket: WebSocket, found: Services, questions: Newest[str | bytes]) -> None:
    """Answer one question after the other, each time the newest."""
    while True:
        await _send(websocket, await _reply(found, await questions.get()))


async def _reply(found: Services, question: str | bytes) -> bytes | str:
    """Answer a question with a binary message, or with a text that says what is wrong."""
    sequence: int | None = None
    try:
        data = decode(question)
        sequence = _sequence(data)
        asked = validated(Live, data)
        return await found.compute.descend(asked, partial(pack, asked.sequence, asked))
    except Refusal as refusal:
        wrong = described(refusal)
    except Exception:  # a fault of ours costs one answer, not the socket
        logger.exception("a descent failed")
        wrong = {"detail": BROKEN}
    return encode({"sequence": sequence, **wrong}).decode()


def _sequence(data: Any) -> int | None:
    """Find the question's number, so that a refusal can carry it; None where there is none."""
    found = data.get("sequence") if isinstance(data, dict) else None
    return found if isinstance(found, int) and 0 <= found < LARGEST else None


async def _send(websocket: WebSocket, reply: bytes | str) -> None:
    """Send a reply; a browser that has gone needs none, and the listener notices it."""
    try:
        if isinstance(reply, bytes):
            await websocket.send_bytes(reply)
        else:
            await websocket.send_text(reply)
    except (WebSocketDisconnect, RuntimeError):
        return


def _complete(descent: Descent) -> bytes:
    """Spell a descent out as JSON, step by step."""
    answer: dict[str, Any] = {
        **facts(descent),
        "trajectories": [
            {
                "optimizer": each.optimizer.name,
                "hyperparameters": each.optimizer.hyperparameters(),
                "path": np.ascontiguousarray(each.path),
                "values": np.ascontiguousarray(each.values),
                "gradient_norms": np.ascontiguousarray(each.gradient_norms),
                "evaluations": np.ascontiguousarray(each.evaluations),
                "ending": ending(each),
                **theory(each),
                "stops": stops(each),
                "rates": each.rates,
                "measure": each.measure,
                "ensemble": None if each.ensemble is None else in_full(each.ensemble),
            }
            for each in descent.trajectories
        ],
        "seconds": descent.seconds,
    }
    if descent.grid is not None:
        answer["grid"] = descent.grid
    if (seen := found(descent)) is not None:
        answer["inspection"] = complete(*seen)
    return encode(answer)
