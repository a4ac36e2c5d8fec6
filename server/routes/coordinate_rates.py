"""Gradients and rates of each coordinate along a run: asked only while somebody looks at them."""

from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from core.descent import Request as Descending
from core.descent.coordinate_rates import CoordinateRates, coordinate_rates
from server.answers import json_response
from server.body import read
from server.services import services
from server.wire import ROWS

router = APIRouter()


@router.post("/api/coordinate-rates")
async def rates(request: Request) -> Response:
    """Answer for the inspected optimizer of a descent (the first, if none is)."""
    asked = await read(request, Descending)
    found = await services(request).compute.run(lambda: coordinate_rates(asked))
    return json_response(_spelt(found))


def _spelt(found: CoordinateRates) -> dict[str, Any]:
    """Thin the rates to at most `ROWS` steps, and say which; a sequence may only be cut short."""
    count = len(found.gradients)
    steps = np.arange(0, count, max(1, -(-count // ROWS)))
    return {
        "optimizer": found.optimizer.model_dump()["name"],
        "count": count,
        "gradients": found.gradients[:ROWS].copy(),
        "steps": steps,
        "rates": None if found.rates is None else found.rates[steps],
    }
