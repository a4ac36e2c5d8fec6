"""The application: routes behind the guard, and the services that live as long as the server."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator

from fastapi import FastAPI

from server import errors
from server.catalogue import fixed
from server.compute import Compute
from server.guard import Guard
from server.races.local import LocalExecutor
from server.races.log import Log
from server.races.service import Races
from server.routes import (
    catalogue,
    coordinate_rates,
    descents,
    exports,
    formulas,
    graphs,
    health,
    linesearches,
    pages,
    races,
    scenes,
)
from server.services import Services
from server.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Build the application; opening the log and starting workers waits for the lifespan.

    The lifespan raises Refusal if another server holds the data folder.
    """

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        compute = Compute()
        log = await Log.open(settings.data)
        service = Races(settings, log, LocalExecutor(settings))
        app.state.services = Services(settings, compute, log, service, fixed())
        warming = threading.Thread(target=compute.warm, name="warm")
        if settings.warm:
            warming.start()
        try:
            await service.start()
            yield
        finally:
            compute.close()
            await service.close()
            await log.close()
            if settings.warm:
                await asyncio.to_thread(warming.join)

    # No generated documentation pages: they load scripts from elsewhere, which the CSP forbids.
    app = FastAPI(title="Thalweg", lifespan=lifespan, openapi_url=None, docs_url=None)
    app.router.redirect_slashes = False
    for module in (
        catalogue,
        formulas,
        graphs,
        descents,
        linesearches,
        coordinate_rates,
        scenes,
        races,
        exports,
        health,
        pages,
    ):
        app.include_router(module.router)
    pages.mount(app)
    errors.install(app)
    app.add_middleware(Guard, settings=settings)
    return app
