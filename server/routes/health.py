"""Is it alive, and what is it made of?"""

import platform
import sqlite3
from importlib.metadata import version

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.answers import json_response
from server.services import services

router = APIRouter()

PACKAGES = ("thalweg", "numba", "numpy", "plotly", "torch")


@router.get("/healthz")
async def healthz(request: Request) -> Response:
    """Answer with versions; nothing here needs more than a running event loop."""
    catalogue = services(request).catalogue
    return json_response(
        {
            "status": "ok",
            "version": catalogue["version"],
            "versions": {
                "python": platform.python_version(),
                "sqlite": sqlite3.sqlite_version,
                **{name: version(name) for name in PACKAGES[1:]},
            },
            "device": services(request).races.device,
            "capacity": services(request).races.spare(),
        }
    )
