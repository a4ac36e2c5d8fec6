"""The gallery of scenes."""

from fastapi import APIRouter
from starlette.responses import Response

from server.answers import json_response
from server.scenes import listing

router = APIRouter()


@router.get("/api/scenes")
async def scenes() -> Response:
    """Answer with every scene: what it is, where it comes from, and the link that opens it."""
    return json_response(listing())
