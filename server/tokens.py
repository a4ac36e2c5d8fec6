"""The token of a server that others can reach: who carries it may come in.

It is printed as part of the address, once; the first visit moves it into a cookie, where scripts
cannot read it and other sites cannot send it. Programs may send it as a bearer.
"""

from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.types import Message, Scope, Send

UNKNOWN = (
    "Token: expected the token of this server, got none or another; open the whole address that "
    "the server printed when it started."
)


class Token:
    """One server's token; its cookie bears the port, as a host's ports share their cookies."""

    def __init__(self, token: str, port: int):
        """Guard a server on `port` (0: whatever port a request came in by)."""
        self._token = token
        self._port = port

    def carried_by(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether a request carries the token, as our cookie or as a bearer."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is(bearer.strip()):
            return True
        jar: SimpleCookie = SimpleCookie()
        try:
            for line in headers.getlist("cookie"):
                jar.load(line)
        except CookieError:
            return False
        found = jar.get(self._cookie(scope))
        return found is not None and self._is(found.value)

    def stands_in_address_of(self, scope: Scope) -> bool:
        """Tell whether the address itself carries the token: the link printed at the start."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        return self._is(query.get("token", ""))

    async def welcome(self, scope: Scope, send: Send) -> None:
        """Move the token from the address, where it would leak, into a cookie."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([pair for pair in pairs if pair[0] != "token"])
        # A path such as //elsewhere would be read as another host: exactly one slash leads.
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/")
        location = path + (f"?{rest}" if rest else "")
        cookie = f"{self._cookie(scope)}={self._token}; HttpOnly; SameSite=Strict; Path=/"
        headers = [
            (b"location", location.encode("latin-1")),
            (b"set-cookie", cookie.encode("latin-1")),
        ]
        await respond(scope, send, 303, b"", headers)

    def _cookie(self, scope: Scope) -> str:
        return f"thalweg_{port_of(scope, self._port)}"

    def _is(self, text: str) -> bool:
        return compare_digest(text.encode(), self._token.encode())


def port_of(scope: Scope, configured: int) -> int:
    """Return the server's port: as configured, else that by which the request came in."""
    return configured or int((scope.get("server") or ("", 0))[1] or 0)


async def respond(
    scope: Scope, send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    """Send one whole response, to a request or in place of a WebSocket handshake."""
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    length = (b"content-length", str(len(body)).encode())
    start: Message = {"type": f"{kind}.start", "status": status, "headers": [*headers, length]}
    await send(start)
    await send({"type": f"{kind}.body", "body": body})
