"""A server in this process that hands out files, and misbehaves as it is told to."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.training.data.download import Archive


class Server:
    """What the server was asked, and how it shall misbehave."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents
        self.asked: list[str] = []
        self.ranges: list[str | None] = []
        self.cut: int | None = None  # bytes after which the connection breaks, once
        self.ranged = True
        self.status = 200
        self.address = ""

    def archive(self, name: str) -> Archive:
        content = self.contents[name]
        return Archive(self.address + name, hashlib.sha256(content).hexdigest(), len(content))


@contextmanager
def serving(contents: dict[str, bytes]) -> Iterator[Server]:
    state = Server(contents)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            asked = self.headers.get("Range")
            state.asked.append(name)
            state.ranges.append(asked)
            if state.status != 200:
                self.send_error(state.status)
                return
            first = int(asked.split("=")[1].rstrip("-")) if asked and state.ranged else 0
            body = contents[name][first:]
            self.send_response(206 if first else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            cut, state.cut = state.cut, None
            self.wfile.write(body[:cut])

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
