"""JSON text in, a validated model out; anything else is refused with a sentence.

The standard parser accepts NaN, Infinity and 1e400, which are no JSON or no number. They are
carried as `Beyond`, so that the refusal can name their field and quote them as they were written.
"""

import json
from typing import Any, TypeVar

from pydantic import BaseModel
from starlette.requests import Request

from core.refusal import Refusal
from core.sentences import Beyond, validated

M = TypeVar("M", bound=BaseModel)


def _number(text: str) -> float:
    value = float(text)
    return value if abs(value) < float("inf") else Beyond(text)


def decode(text: str | bytes) -> Any:
    """Parse JSON text; raises Refusal with the position of the fault."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        value = json.loads(text, parse_float=_number, parse_constant=Beyond)
        if "\\ud" in text.lower():  # an escape such as \ud800 may stand alone, and is no text
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except UnicodeDecodeError as error:
        raise Refusal(
            f"Body: expected UTF-8 text, got another byte at {error.start}; send JSON as UTF-8.",
            position=error.start,
        ) from None
    except UnicodeEncodeError:
        sentence = "Body: expected whole characters, got half of a surrogate pair; complete it."
        raise Refusal(sentence) from None
    except json.JSONDecodeError as error:
        raise Refusal(
            f"Body: expected JSON, got a fault at character {error.pos} ({error.msg}); "
            "send one JSON object.",
            position=error.pos,
        ) from None
    except RecursionError:
        sentence = "Body: expected JSON of a few levels, got too deep a nesting; flatten it."
        raise Refusal(sentence) from None
    except ValueError:  # an integer past the interpreter's limit of digits
        sentence = "Body: expected numbers of at most 4300 digits, got more; shorten it."
        raise Refusal(sentence) from None


async def read(request: Request, kind: type[M]) -> M:
    """Read a request's body as a model; raises Refusal."""
    return validated(kind, decode(await request.body()))
