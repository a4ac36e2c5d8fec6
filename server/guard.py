"""The one door: every HTTP request and every WebSocket handshake passes here, or is refused.

Default deny. A page of another site must not drive this server through the reader's browser
(cross-site requests, cross-site WebSocket hijacking), nor reach it under a name of its own
(DNS rebinding). Starlette's own middlewares leave WebSockets unguarded, hence pure ASGI.
"""

import ipaddress
import socket
from dataclasses import dataclass
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.headers import secured
from server.limits import limited_body, limited_frames
from server.settings import Settings

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
        if settings.token is not None:
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
        if self._settings.token is not None and not self._known(scope, headers):
            if scope["type"] == "http" and self._key(scope):
                await self._welcome(scope, send)
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
        if self._settings.token is not None:
            return name in self._names or is_address(name)
        here = self._settings.port or (scope.get("server") or ("", 0))[1]
        return name in self._names and port == here

    def _cookie(self, scope: Scope) -> str:
        """Name the cookie after the port: browsers share cookies between ports of one host."""
        port = self._settings.port or (scope.get("server") or ("", 0))[1]
        return f"thalweg_{port}"

    def _known(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether the request carries the token, as our cookie or as a bearer."""
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(bearer.strip()):
            return True
        jar: SimpleCookie = SimpleCookie()
        try:
            for line in headers.getlist("cookie"):
                jar.load(line)
        except CookieError:
            return False
        found = jar.get(self._cookie(scope))
        return found is not None and self._is_token(found.value)

    def _key(self, scope: Scope) -> bool:
        """Tell whether the address itself carries the token: the link printed at the start."""
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        return scope["method"] == "GET" and self._is_token(query.get("token", ""))

    def _is_token(self, text: str) -> bool:
        return compare_digest(text.encode(), (self._settings.token or "").encode())

    async def _welcome(self, scope: Scope, send: Send) -> None:
        """Move the token from the address, where it would leak, into a cookie."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        rest = urlencode([pair for pair in pairs if pair[0] != "token"])
        # A path such as //elsewhere would be read as another host: exactly one slash leads.
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/")
        cookie = f"{self._cookie(scope)}={self._settings.token}; HttpOnly; SameSite=Strict; Path=/"
        await respond(
            scope,
            send,
            303,
            b"",
            [
                (b"location", (path + (f"?{rest}" if rest else "")).encode("latin-1")),
                (b"set-cookie", cookie.encode("latin-1")),
            ],
        )

    def _too_large(self) -> str:
        return (
            f"Body: expected at most {self._settings.body_limit} bytes, got more; "
            "shorten the request."
        )


UNKNOWN = (
    "Token: expected the token of this server, got none or another; open the whole address that "
    "the server printed when it started."
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


async def respond(
    scope: Scope, send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    """Send one whole response, to a request or in place of a WebSocket handshake."""
    kind = "websocket.http.response" if scope["type"] == "websocket" else "http.response"
    length = (b"content-length", str(len(body)).encode())
    start: Message = {"type": f"{kind}.start", "status": status, "headers": [*headers, length]}
    await send(start)
    await send({"type": f"{kind}.body", "body": body})
