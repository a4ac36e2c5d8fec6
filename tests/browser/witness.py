"""The witness of a browser test: what its pages said, and everything they asked for."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from playwright.sync_api import BrowserContext, ConsoleMessage, Page


@dataclass
class Witness:
    """Everything that the pages of one test said and asked for."""

    origin: str
    expected: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of `context`, and to its workers."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._heard)
        context.on("weberror", lambda failure: self.errors.append(f"uncaught: {failure.error}"))
        context.on("page", self._watch_sockets)

    def _watch_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("crash", lambda _: self.errors.append("the page crashed"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def strangers(self) -> list[str]:
        """The requests that left the machine, or went to another of its servers."""
        homes = (self.origin, self.origin.replace("http", "ws", 1))
        at_home = (*(f"{home}/" for home in homes), "data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith(at_home)]

    def unexpected(self) -> list[str]:
        """The errors that the test did not announce."""
        return [text for text in self.errors if not any(part in text for part in self.expected)]


class OpenPage(Protocol):
    """The type of the fixture `open_page`.

    `expected_errors` are parts of the console messages that the test provokes on purpose, such as
    the browser's own line about a request that the server refused. `origin` is another server than
    the session's. `wait=False` returns before the first picture.
    """

    def __call__(
        self,
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        reduced_motion: bool = False,
        origin: str | None = None,
        expected_errors: tuple[str, ...] = (),
        wait: bool = True,
    ) -> Page: ...
