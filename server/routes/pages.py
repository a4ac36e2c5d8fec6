"""The page and its parts: our own files, and Plotly's bundle out of its Python package."""

import mimetypes
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.applications import Starlette
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.catalogue import plotly_address, plotly_version
from server.headers import IMMUTABLE, REVALIDATE
from server.settings import ROOT

router = APIRouter()

# Some systems map these to types that a browser will not run under `nosniff`.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/css", ".css")
mimetypes.add_type("image/svg+xml", ".svg")

PLOTLY = Path(str(files("plotly"))) / "package_data" / "plotly.min.js"


class Revalidated(StaticFiles):
    """Files that a browser may keep, but asks about each time: an edit shows on reload."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file, or 304 where the browser's copy is still right."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = REVALIDATE
        return response


@router.get("/")
async def page() -> Response:
    """Serve the dashboard."""
    headers = {"cache-control": REVALIDATE}
    return FileResponse(ROOT / "frontend" / "index.html", media_type="text/html", headers=headers)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Serve the mark to browsers that ask for an icon without being told of one."""
    headers = {"cache-control": REVALIDATE}
    return FileResponse(ROOT / "static" / "mark.svg", media_type="image/svg+xml", headers=headers)


@router.get("/plotly/{version}/plotly.min.js")
async def plotly(request: Request, version: str) -> Response:
    """Serve the bundle under its own version, for ever; another version leads there."""
    if version != plotly_version():
        return RedirectResponse(plotly_address(), headers={"cache-control": REVALIDATE})
    headers = {"cache-control": IMMUTABLE}
    return FileResponse(PLOTLY, media_type="text/javascript", headers=headers)


def mount(app: Starlette) -> None:
    """Mount the two folders of our own files."""
    for name in ("frontend", "static"):
        app.mount(f"/{name}", Revalidated(directory=ROOT / name), name=name)
