"""JSON answers by orjson: NumPy arrays as they are, non-finite numbers as null."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def encode(value: Any) -> bytes:
    """Encode as JSON; NaN and infinities become null."""
    return orjson.dumps(value, option=OPTIONS)


def json_response(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON."""
    return Response(encode(value), status, headers, media_type="application/json")
