"""Every error that leaves the server is `{detail}`: a sentence that says what to do."""

import logging
import sqlite3

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Match

from core.refusal import Refusal
from server.answers import json_response
from server.headers import NO_STORE, SECURITY

logger = logging.getLogger("thalweg")

BROKEN = (
    "The server met a fault of its own while answering; the request was not carried out. "
    "Its log has the details: please report them."
)


class Unavailable(Refusal):
    """A refusal that is not the request's fault: `status` says whose (404, 409, 429, 503)."""

    def __init__(self, status: int, sentence: str, *, field: str | None = None):
        """Keep the status beside the sentence."""
        super().__init__(sentence, field=field)
        self.status = status


def described(refusal: Refusal) -> dict[str, object]:
    """Spell a refusal out for JSON, the same over HTTP and over sockets."""
    return {"detail": refusal.sentence, "field": refusal.field, "position": refusal.position}


async def refused(connection: HTTPConnection, error: Exception) -> Response:
    """Answer a Refusal: 422, or the status that it carries."""
    assert isinstance(error, Refusal)
    status = error.status if isinstance(error, Unavailable) else 422
    return json_response(described(error), status)


async def http_error(request: Request, error: Exception) -> Response:
    """Answer what the router raises: unknown paths and wrong methods."""
    assert isinstance(error, HTTPException)
    path, headers = request.url.path[:80], dict(error.headers or {})
    if error.status_code == 404:
        sentence = f"Path: expected one that this server knows, got {path}; start from /."
    elif error.status_code == 405:
        allowed = " or ".join(sorted(_methods(request))) or "another"
        sentence = f"Method of {path}: expected {allowed}, got {request.method}; use {allowed}."
    else:
        sentence = str(error.detail)
    return json_response({"detail": sentence}, error.status_code, headers)


def _methods(request: Request) -> set[str]:
    """Collect the methods of all routes whose path fits; Starlette names only the first's."""
    found: set[str] = set()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] == Match.FULL for route in request.app.router.routes):
            found.add(method)
    return found


async def parameter_error(request: Request, error: Exception) -> Response:
    """Answer a wrong query parameter; bodies are read by server/body.py."""
    assert isinstance(error, RequestValidationError)
    detail = error.errors()[0]
    name = str(detail["loc"][-1])
    sentence = f"{name}: {detail['msg']}, got {str(detail.get('input'))[:60]!r}; change it."
    return json_response({"detail": sentence, "field": name, "position": None}, 422)


async def unwritable(request: Request, error: Exception) -> Response:
    """Answer when the log of races cannot be written or read."""
    logger.error("the log of races: %s", error)
    sentence = (
        f"Log of races: expected to be able to use it, got: {error}; make room on the disk of the "
        "data folder, or start the server with another one (--data)."
    )
    return json_response({"detail": sentence}, 503)


async def broken(request: Request, error: Exception) -> Response:
    """Answer a fault of our own; Starlette raises it again, so that it also reaches the log.

    This answer is made outside the guard, hence its own headers.
    """
    return json_response({"detail": BROKEN}, 500, {**SECURITY, "cache-control": NO_STORE})


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, parameter_error)
    app.add_exception_handler(sqlite3.Error, unwritable)
    app.add_exception_handler(Exception, broken)
