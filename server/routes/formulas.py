"""A typed formula: its derivatives as MathML, its parameters, where it has no value."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, FiniteFloat
from starlette.responses import Response

from core import formula
from core.descent.landscape import TYPED_VIEW
from core.refusal import Refusal
from server.answers import json_response
from server.body import read
from server.services import services

router = APIRouter()


class Formula(BaseModel):
    """A text in x, y and parameters; without `parameters`, all other names become parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    formula: str
    parameters: dict[str, FiniteFloat] | None = None


@router.post("/api/formulas")
async def formulas(request: Request) -> Response:
    """Answer with what can be said of a formula, or refuse it with the position of the fault."""
    asked = await read(request, Formula)
    return json_response(await services(request).compute.run(lambda: _described(asked)))


def _described(asked: Formula) -> dict[str, Any]:
    try:
        expression = formula.parse(asked.formula, asked.parameters)
    except Refusal as refused:
        field = refused.field or "formula"
        raise Refusal(refused.sentence, field=field, position=refused.position) from None
    return {
        "formula": expression.text,
        "mathml": expression.mathml(),
        "parameters": expression.parameters,
        "gradient": expression.gradient_mathml(),
        "hessian": expression.hessian_mathml(),
        "hints": expression.hints(),
        "view": TYPED_VIEW,
    }
