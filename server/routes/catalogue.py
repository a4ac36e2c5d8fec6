"""The catalogue: surfaces, optimizers, data sets, networks, limits."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.answers import json_response
from server.catalogue import changing
from server.services import services

router = APIRouter()


@router.get("/api/catalogue")
async def catalogue(request: Request) -> Response:
    """Answer with everything that the page's controls are built from."""
    found = services(request)
    return json_response({**found.catalogue, **changing(found.races.device)})
