"""The line search of one step: asked only while somebody looks at it, apart from the descents."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from core.descent import Request as Descending
from core.descent.linesearch import LineSearch, line_search_at
from core.descent.request import MAX_STEPS
from server.answers import json_response
from server.body import read
from server.services import services

router = APIRouter()


class Asked(Descending):
    """A descent, and the step of its inspected optimizer (the first, if none) to look into."""

    step: int = Field(ge=0, lt=MAX_STEPS)


@router.post("/api/line-searches")
async def line_searches(request: Request) -> Response:
    """Answer with φ along the step, its conditions and the trials, or refuse a step not taken."""
    asked = await read(request, Asked)
    found = await services(request).compute.run(lambda: line_search_at(asked, asked.step))
    return json_response(_spelt(found))


def _spelt(found: LineSearch) -> dict[str, Any]:
    return {
        "direction": found.direction,
        "c1": found.c1,
        "c2": found.c2,
        "step": found.step,
        "minimiser": found.minimiser,
        "longest": found.longest,
        "batch_size": found.batch_size,
        "distances": found.distances,
        "phi": found.phi.copy(),
        "slopes": found.slopes.copy(),
        "armijo": found.armijo,
        "weak": found.weak,
        "strong": found.strong,
        "trials": [
            {
                "distance": each.distance,
                "phi": each.phi,
                "slope": each.slope,
                "accepted": each.accepted,
            }
            for each in found.trials
        ],
    }
