"""Every route, under every hostile variation, over HTTP and over WebSocket: refused."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from server.app import create_app
from server.guard import Guard, is_address, split
from server.settings import Settings
from tests.server.jobs import fake_settings

TOKEN = "a-token-for-these-tests"
GOOD = {"host": "127.0.0.1:8000"}


def guard(**settings: Any) -> Guard:
    async def inside(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})

    return Guard(inside, Settings(**settings))


def ask(door: Any, headers: dict[str, str] | list[tuple[str, str]], **changes: Any) -> Any:
    """Send one request through the guard; return its status (101: the socket was accepted)."""
    pairs = list(headers.items()) if isinstance(headers, dict) else headers
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "extensions": {"websocket.http.response": {}},
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs],
        "root_path": "",
        "subprotocols": [],
        **changes,
    }
    sent: list[dict[str, Any]] = []
    incoming = [{"type": "websocket.connect" if scope["type"] == "websocket" else "http.request"}]

    async def receive() -> dict[str, Any]:
        return incoming.pop() if incoming else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(door(scope, receive, send))
    first = sent[0]
    if first["type"] in ("websocket.accept", "websocket.close"):
        return 101 if first["type"].endswith("accept") else 403
    found = {name.decode(): value.decode() for name, value in first["headers"]}
    ask.headers = found  # type: ignore[attr-defined]
    return first["status"]


HOSTILE: dict[str, tuple[dict[str, str], int]] = {
    "no host": ({}, 421),
    "rebound name": ({"host": "evil.example:8000"}, 421),
    "rebound name, no port": ({"host": "evil.example"}, 421),
    "other port": ({"host": "127.0.0.1:8001"}, 421),
    "no port": ({"host": "127.0.0.1"}, 421),
    "name that ends alike": ({"host": "evil-localhost:8000"}, 421),
    "name that begins alike": ({"host": "localhost.evil.example:8000"}, 421),
    "user in front": ({"host": "localhost@evil.example:8000"}, 421),
    "other loopback spelling": ({"host": "127.1:8000"}, 421),
    "address of the network": ({"host": "192.168.1.5:8000"}, 421),
    "wildcard": ({"host": "0.0.0.0:8000"}, 421),
    "port of letters": ({"host": "localhost:80a0"}, 421),
    "bare ipv6": ({"host": "::1:8000"}, 421),
    "empty": ({"host": ""}, 421),
    "foreign origin": ({**GOOD, "origin": "http://evil.example"}, 403),
    "foreign origin, tls": ({**GOOD, "origin": "https://evil.example"}, 403),
    "null origin": ({**GOOD, "origin": "null"}, 403),
    "file origin": ({**GOOD, "origin": "file://"}, 403),
    "other port's origin": ({**GOOD, "origin": "http://127.0.0.1:8001"}, 403),
    "other name's origin": ({**GOOD, "origin": "http://localhost:8000"}, 403),
    "portless origin": ({**GOOD, "origin": "http://127.0.0.1"}, 403),
    "origin with a path": ({**GOOD, "origin": "http://127.0.0.1:8000/"}, 403),
    "extension's origin": ({**GOOD, "origin": "chrome-extension://abcdef"}, 403),
    "empty origin": ({**GOOD, "origin": ""}, 403),
    "cross-site": ({**GOOD, "sec-fetch-site": "cross-site"}, 403),
    "same-site": ({**GOOD, "sec-fetch-site": "same-site"}, 403),
    "unknown site": ({**GOOD, "sec-fetch-site": "elsewhere"}, 403),
    "cross-site image": (
        {
            **GOOD,
            "sec-fetch-site": "cross-site",
            "sec-fetch-mode": "no-cors",
            "sec-fetch-dest": "image",
        },
        403,
    ),
    "cross-site frame": (
        {
            **GOOD,
            "sec-fetch-site": "cross-site",
            "sec-fetch-mode": "navigate",
            "sec-fetch-dest": "iframe",
        },
        403,
    ),
}

LEGAL: dict[str, dict[str, str]] = {
    "program": GOOD,
    "localhost": {"host": "localhost:8000"},
    "capitals": {"host": "LOCALHOST:8000"},
    "ipv6": {"host": "[::1]:8000"},
    "own page": {**GOOD, "origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"},
    "behind tls": {**GOOD, "origin": "https://127.0.0.1:8000"},
    "typed address": {**GOOD, "sec-fetch-site": "none", "sec-fetch-mode": "navigate"},
}

FOLLOWED_LINK = {
    **GOOD,
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}


def routes() -> list[tuple[str, str, str]]:
    """List (type, method, path) of all that the application serves."""
    app = create_app(fake_settings(Path("unused")))
    found: list[tuple[str, str, str]] = []

    def walk(several: list[BaseRoute]) -> None:
        for route in several:
            inner = getattr(route, "original_router", None) or getattr(route, "router", None)
            if isinstance(route, WebSocketRoute):
                found.append(("websocket", "GET", route.path.replace("{race}", "0123456789ab")))
            elif isinstance(route, Route):
                path = route.path.replace("{race}", "0123456789ab").replace("{version}", "1")
                found.extend(("http", method, path) for method in sorted(route.methods or ()))
            elif isinstance(route, Mount):
                found.append(("http", "GET", f"{route.path}/main.js"))
            elif inner is not None:
                walk(inner.routes)
            else:
                raise AssertionError(f"a kind of route that this test does not know: {route!r}")

    walk(list(app.routes))
    return found


ROUTES = routes()


def test_enumeration_sees_all_kinds_of_routes() -> None:
    assert ("http", "POST", "/api/descents") in ROUTES
    assert ("websocket", "GET", "/ws/descents") in ROUTES
    assert ("websocket", "GET", "/ws/races/0123456789ab") in ROUTES
    assert ("http", "GET", "/frontend/main.js") in ROUTES


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_route_is_denied_to_the_hostile(hostile: str, tmp_path: Any) -> None:
    app = create_app(fake_settings(tmp_path, port=8000))
    headers, status = HOSTILE[hostile]
    for kind, method, path in ROUTES:
        got = ask(app, headers, type=kind, method=method, path=path, raw_path=path.encode())
        assert got == status, (kind, method, path)


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("legal", LEGAL)
def test_legal_requests_pass(legal: str, kind: str) -> None:
    assert ask(guard(), LEGAL[legal], type=kind) == (200 if kind == "http" else 101)


def test_two_hosts_or_two_origins_are_refused() -> None:
    twice = [("host", "127.0.0.1:8000"), ("host", "127.0.0.1:8000")]
    assert ask(guard(), twice) == 421
    own = ("origin", "http://127.0.0.1:8000")
    assert ask(guard(), [("host", "127.0.0.1:8000"), own, own]) == 403


def test_a_link_on_another_site_may_be_followed_but_nothing_else() -> None:
    assert ask(guard(), FOLLOWED_LINK) == 200
    assert ask(guard(), FOLLOWED_LINK, method="POST") == 403
    assert ask(guard(), FOLLOWED_LINK, method="DELETE") == 403
    assert ask(guard(), FOLLOWED_LINK, type="websocket") == 403


def test_a_host_can_be_allowed_by_name() -> None:
    door = guard(hosts=("thalweg.example:443", "class.example"))
    assert ask(door, {"host": "thalweg.example:443"}) == 200
    assert ask(door, {"host": "class.example:8000"}) == 200
    assert ask(door, {"host": "thalweg.example:8000"}) == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": "Bearer "},
        {"cookie": "thalweg_8000=wrong"},
        {"cookie": f"thalweg_8001={TOKEN}"},
        {"cookie": f"other={TOKEN}"},
        {"cookie": "thalweg_8000="},
        {"authorization": "Bearer \xe9"},
    ],
)
def test_every_route_is_denied_without_the_token(headers: dict[str, str], tmp_path: Any) -> None:
    app = create_app(fake_settings(tmp_path, port=8000, token=TOKEN))
    for kind, method, path in ROUTES:
        got = ask(app, {**GOOD, **headers}, type=kind, method=method, path=path)
        assert got == 401, (kind, method, path)


@pytest.mark.parametrize(
    "headers", [{"authorization": f"Bearer {TOKEN}"}, {"cookie": f"a=b; thalweg_8000={TOKEN}"}]
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_token_lets_in(headers: dict[str, str], kind: str) -> None:
    assert ask(guard(token=TOKEN), {**GOOD, **headers}, type=kind) == (
        200 if kind == "http" else 101
    )


def test_the_token_moves_from_the_address_into_a_cookie() -> None:
    door = guard(token=TOKEN)
    query = f"room=training&token={TOKEN}".encode()
    assert ask(door, GOOD, query_string=query, raw_path=b"/") == 303
    found = ask.headers  # type: ignore[attr-defined]
    assert found["location"] == "/?room=training"
    assert found["set-cookie"] == f"thalweg_8000={TOKEN}; HttpOnly; SameSite=Strict; Path=/"
    assert found["referrer-policy"] == "no-referrer"
    assert ask(door, GOOD, query_string=query, method="POST") == 401
    assert ask(door, GOOD, query_string=query, type="websocket") == 401
    assert ask(door, GOOD, query_string=b"token=wrong") == 401
    assert ask(door, GOOD, query_string=query, raw_path=b"//evil.example/") == 303
    assert ask.headers["location"].startswith("/evil.example/")  # type: ignore[attr-defined]


def test_with_a_token_any_address_may_be_the_host_but_no_foreign_name() -> None:
    door = guard(token=TOKEN, host="0.0.0.0")
    known = {"authorization": f"Bearer {TOKEN}"}
    for host in ("192.168.1.5:8000", "10.0.0.2:9999", "[fe80::1]:80", "localhost:9999"):
        assert ask(door, {"host": host, **known}) == 200, host
    for host in ("evil.example:8000", "192.168.1.5.evil.example:8000"):
        assert ask(door, {"host": host, **known}) == 421, host


def test_headers_stand_on_every_answer() -> None:
    for headers, status in ((GOOD, 200), ({"host": "evil.example"}, 421)):
        assert ask(guard(), headers) == status
        found = ask.headers  # type: ignore[attr-defined]
        policy = found["content-security-policy"].split("; ")
        for part in ("default-src 'self'", "script-src 'self'", "object-src 'none'"):
            assert part in policy
        assert {"base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
        assert found["x-content-type-options"] == "nosniff"
        assert found["referrer-policy"] == "no-referrer"
        assert found["cache-control"] == "no-store"


def test_unknown_kinds_of_connection_are_refused() -> None:
    with pytest.raises(RuntimeError, match="expected http, websocket or lifespan"):
        ask(guard(), GOOD, type="telepathy")


def test_hosts_are_taken_apart() -> None:
    assert split("localhost:8000") == ("localhost", 8000)
    assert split("[::1]:8000") == ("[::1]", 8000)
    assert split("[::1]") == ("[::1]", 80)
    assert split("localhost") == ("localhost", 80)
    assert split("localhost:") == ("", 0)
    assert split("localhost:٣") == ("", 0)
    assert is_address("10.0.0.1")
    assert is_address("[fe80::1]")
    assert not is_address("10.0.0.1.example")
