"""`python -m server`: read the command line, bind the port, print the address, serve."""

import argparse
import contextlib
import os
import secrets
import socket
import sys
from dataclasses import replace
from pathlib import Path

import uvicorn

from core.refusal import Refusal
from server.races.lock import FolderLock
from server.settings import LOOPBACK, Settings, default_data, default_workers

WILDCARDS = ("0.0.0.0", "::")


def main(arguments: list[str] | None = None) -> int:
    """Serve until a signal comes; return the process's exit code."""
    try:
        settings = configured(arguments)
        listener, settings = bound(settings)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    with listener:
        print(f"Thalweg: {address(settings, 'localhost')}", flush=True)
        if settings.host in WILDCARDS:
            print(f"From other machines: {address(settings, socket.gethostname())}", flush=True)
        server = uvicorn.Server(config(settings))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    return 0


def configured(arguments: list[str] | None) -> Settings:
    """Read the command line, with THALWEG_* variables as defaults; raises Refusal."""
    env = os.environ.get
    parser = argparse.ArgumentParser("python -m server", description="Serve Thalweg.")
    add = parser.add_argument
    add("--host", default=env("THALWEG_HOST", "127.0.0.1"), help="address to listen on")
    add("--port", type=int, default=env("THALWEG_PORT", "8000"), help="0: any free one")
    add("--workers", type=int, default=env("THALWEG_WORKERS"), help="training workers")
    add("--data", type=Path, default=env("THALWEG_DATA"), help="folder for races")
    add("--token", default=env("THALWEG_TOKEN"), help="asked of everybody; made up if needed")
    add("--allow-host", action="append", default=[], metavar="NAME[:PORT]", dest="hosts")
    given = parser.parse_args(arguments)
    if not 0 <= given.port <= 65535:
        raise Refusal(f"--port: expected a number from 0 to 65535, got {given.port}; change it.")
    if given.workers is not None and not 1 <= given.workers <= 64:
        raise Refusal(f"--workers: expected a number from 1 to 64, got {given.workers}; change it.")
    if given.token is not None and len(given.token) < 16:
        raise Refusal("--token: expected at least 16 characters, got fewer; leave it out.")
    hosts = tuple(given.hosts or (env("THALWEG_ALLOW_HOST") or "").split())
    token = given.token
    if token is None and given.host not in LOOPBACK:
        token = secrets.token_urlsafe(32)
    return Settings(
        host=given.host,
        port=given.port,
        token=token,
        hosts=hosts,
        data=free_data(given.data, given.port),
        workers=given.workers or default_workers(),
    )


def free_data(chosen: Path | None, port: int) -> Path:
    """Return a data folder that no other server holds; raises Refusal if the chosen one is held.

    Without a choice a second server keeps its races in a folder of its own, named by its port.
    """
    candidates = [chosen] if chosen else [default_data(), default_data() / f"port-{port}"]
    for folder in candidates:
        try:
            FolderLock(folder).release()
        except Refusal:
            if folder is candidates[-1]:
                raise
            print(f"Another Thalweg is using {folder}; races go to {candidates[-1]}.")
        else:
            return folder
    raise AssertionError("there is always a candidate")


def bound(settings: Settings) -> tuple[socket.socket, Settings]:
    """Listen on the address; return the socket and the settings with the true port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        raise Refusal(
            f"Port: expected {settings.host}:{settings.port} to be free, got: {error.strerror}; "
            "choose another with --port (make run PORT=...), or stop what is using it."
        ) from None
    return listener, replace(settings, port=listener.getsockname()[1])


def address(settings: Settings, anywhere: str) -> str:
    """Return the address to open; with a token it lets whoever has it in.

    `anywhere` names this machine where the server listens on all of its addresses.
    """
    host = anywhere if settings.host in WILDCARDS else settings.host
    host = f"[{host}]" if ":" in host else host
    query = f"?token={settings.token}" if settings.token else ""
    return f"http://{host}:{settings.port}/{query}"


def config(settings: Settings) -> uvicorn.Config:
    """Configure uvicorn; every choice here was measured or closes a door."""
    from server.app import create_app

    return uvicorn.Config(
        create_app(settings),
        loop="auto" if sys.platform == "win32" else "uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,  # costs ten times the reply on a local line
        ws_max_size=settings.frame_limit,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        proxy_headers=False,  # a client must not choose the address it is counted under
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
        limit_concurrency=4096,
    )


if __name__ == "__main__":
    sys.exit(main())
