"""A formula's computational graph at a point, with what its two sweeps find."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, FiniteFloat
from starlette.responses import Response

from core.formula.mathml import mathml
from core.formula.tape import tape
from core.formula.unroll import Node, Tape
from core.refusal import Refusal
from server.answers import json_response
from server.body import read
from server.services import services

router = APIRouter()


class Graph(BaseModel):
    """A formula whose names are all inputs; a name without a value has 1.

    `direction` is the input that tangents are taken for, by default the first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    formula: str
    values: dict[str, FiniteFloat] = {}
    direction: str | None = None


@router.post("/api/graphs")
async def graphs(request: Request) -> Response:
    """Answer with inputs and nodes in the order of evaluation, or refuse with a position."""
    asked = await read(request, Graph)
    return json_response(await services(request).compute.run(lambda: _described(asked)))


def _described(asked: Graph) -> dict[str, Any]:
    try:
        found = tape(asked.formula, asked.values, asked.direction)
    except Refusal as refused:
        field = refused.field or "formula"
        raise Refusal(refused.sentence, field=field, position=refused.position) from None
    return {
        "inputs": [_node(each, found) for each in found.inputs],
        "nodes": [_node(each, found) for each in found.nodes],
        "direction": asked.direction or found.inputs[0].name,
    }


def _node(node: Node, found: Tape) -> dict[str, Any]:
    return {
        "name": node.name,
        "iteration": node.iteration,
        "mathml": mathml(node.tree),
        "primal": node.primal,
        "tangent": node.tangent,
        "adjoint": node.adjoint,
        "arguments": [{"name": edge.source, "partial": edge.partial} for edge in node.edges],
        "uses": [each.name for each, _ in found.uses(node.name)],
    }
