"""The one door: every HTTP request and every WebSocket handshake passes here, or is refused.

Default deny. A page of another site must not drive this server through the reader's browser
(cross-site requests, cross-site WebSocket hijacking), nor reach it under a name of its own
(DNS rebinding). Starlette's own middlewares leave WebSockets unguarded, hence pure ASGI.
"""

import ipaddress
import socket
from dataclasses import dataclass

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.headers import secured
from server.limits import limited_body, limited_frames
from server.settings import Settings
from server.tokens import UNKNOWN, Token, port_of, respond

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Denial:
    """An HTTP status and the sentence that says what was expected."""

    status: int
    sentence: str


class Guard:
    """ASGI middleware; see the module's docstring."""

    def __init__(self, app: ASGIApp, settings: Settings):
        """Stand in front of `app`."""
        self._app = app
        self._settings = settings
        self._listed = {name.lower() for name in settings.hosts}
        self._names = {*self._listed, *LOOPBACK}
        self._token = Token(settings.token, settings.port) if settings.token else None
        if self._token is not None:
            self._names.add(socket.gethostname().lower())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve `scope` if it may pass; else answer with a denial."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            raise RuntimeError(f"expected http, websocket or lifespan, got {scope['type']}")
        send = secured(send)
        headers = Headers(scope=scope)
        denial = self._host(scope, headers) or _origin(headers) or _site(scope, headers)
        if denial is not None:
            await deny(scope, send, denial)
            return
        if self._token is not None and not self._token.carried_by(scope, headers):
            if self._token.stands_in_address_of(scope):
                await self._token.welcome(scope, send)
            else:
                await deny(scope, send, Denial(401, UNKNOWN))
            return
        if scope["type"] == "websocket":
            receive = limited_frames(receive, send, self._settings.frame_limit)
        else:
            bounded = await limited_body(headers, receive, self._settings.body_limit)
            if bounded is None:
                await deny(scope, send, Denial(413, self._too_large()))
                return
            receive = bounded
        await self._app(scope, receive, send)

    def _host(self, scope: Scope, headers: Headers) -> Denial | None:
        """Refuse a request that was not addressed to one of this server's own names.

        Without a token the port must be right, too. With one, any IP address and port may stand
        there (containers and tunnels map ports): an address cannot be rebound, and the token is
        the barrier.
        """
        given = headers.getlist("host")
        sent = given[0].lower() if len(given) == 1 else ""
        name, port = split(sent)
        if name and (sent in self._listed or self._ours(name, port, scope)):
            return None
        return Denial(
            421,
            f"Host: expected a name of this server, got {', '.join(given)[:80] or 'none'}; open it "
            "under the address it printed, or start it with --allow-host NAME:PORT.",
        )

    def _ours(self, name: str, port: int, scope: Scope) -> bool:
        if self._token is not None:
            return name in self._names or is_address(name)
        return name in self._names and port == port_of(scope, self._settings.port)

    def _too_large(self) -> str:
        return (
            f"Body: expected at most {self._settings.body_limit} bytes, got more; "
            "shorten the request."
        )


def split(host: str) -> tuple[str, int]:
    """Split a Host header into name and port (80 where none stands); ("", 0) if malformed."""
    name, colon, digits = host.rpartition(":")
    if not colon or host.endswith("]"):
        return host, 80
    # Without brackets a second colon belongs to an IPv6 address that is written wrongly.
    if not digits.isascii() or not digits.isdigit() or (":" in name and not name.endswith("]")):
        return "", 0
    return name, int(digits)


def is_address(name: str) -> bool:
    """Tell whether a host name is an IP address, such as 192.168.1.5 or [fe80::1]."""
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") else name)
    except ValueError:
        return False
    return True


def _origin(headers: Headers) -> Denial | None:
    """Refuse a page of another origin; programs that are no browsers send no Origin at all."""
    given = headers.getlist("origin")
    host = headers.get("host", "").lower()
    own = (f"http://{host}", f"https://{host}")  # https: a proxy in front may speak TLS
    if not given or (len(given) == 1 and given[0].lower() in own):
        return None
    return Denial(
        403,
        f"Origin: expected {own[0]}, got {', '.join(given)[:80]}; "
        "use this server from its own page.",
    )


def _site(scope: Scope, headers: Headers) -> Denial | None:
    """Refuse what another site asks for, save that a reader may follow a link to us."""
    site = headers.get("sec-fetch-site", "none")
    if site in ("same-origin", "none"):
        return None
    followed_link = (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    if followed_link:
        return None
    return Denial(
        403,
        f"Sec-Fetch-Site: expected same-origin, got {site[:40]}; "
        "use this server from its own page.",
    )


async def deny(scope: Scope, send: Send, denial: Denial) -> None:
    """Answer with the denial's sentence; a WebSocket handshake ends in the same HTTP response."""
    body = orjson.dumps({"detail": denial.sentence})
    if scope["type"] == "websocket" and "websocket.http.response" not in scope["extensions"]:
        await send({"type": "websocket.close", "code": 1008, "reason": denial.sentence[:120]})
        return
    headers = [(b"content-type", b"application/json")]
    if scope["type"] == "http":
        headers.append((b"connection", b"close"))
    await respond(scope, send, denial.status, body, headers)
