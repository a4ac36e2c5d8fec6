"""Bounds on what a client may send: the body of a request, a frame of a socket."""

import re

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Send

DRAINED = 128
"""A body up to this many times the limit is read to its end before it is refused, piece by piece
into nothing: a client that is still writing when the connection closes would see a broken pipe and
never the sentence."""


async def limited_body(headers: Headers, receive: Receive, limit: int) -> Receive | None:
    """Read a request's body, of at most `limit` bytes, and return a `receive` that replays it.

    None: the body is larger. Counting the pieces serves chunked bodies, which announce no length.
    """
    announced = headers.get("content-length", "0")
    if not re.fullmatch("[0-9]{1,12}", announced) or int(announced) > DRAINED * limit:
        return None
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":  # the client went away
            return _replay(message, receive)
        size += len(message.get("body", b""))
        if size <= limit:
            pieces.append(message.get("body", b""))
        if size > DRAINED * limit or not message.get("more_body", False):
            break
    if size > limit:
        return None
    return _replay({"type": "http.request", "body": b"".join(pieces), "more_body": False}, receive)


def _replay(first: Message, receive: Receive) -> Receive:
    """Give `first` once, then whatever comes: the news that the client has left."""
    waiting = [first]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def limited_frames(receive: Receive, send: Send, limit: int) -> Receive:
    """Close a socket (code 1009) on which a message of more than `limit` bytes arrives."""

    async def limited() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        text = message.get("text")
        size = len(message.get("bytes") or b"") if text is None else len(text.encode())
        if size <= limit:
            return message
        reason = f"expected a message of at most {limit} bytes, got {size}"
        await send({"type": "websocket.close", "code": 1009, "reason": reason})
        return {"type": "websocket.disconnect", "code": 1009, "reason": reason}

    return limited
