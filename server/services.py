"""What the routes share, made when the server starts and found from any request."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import HTTPConnection

from core.refusal import Refusal
from server.compute import Compute
from server.races.log import Log
from server.races.service import Races
from server.settings import Settings


class Places:
    """How many sockets each client address holds open."""

    def __init__(self, most: int):
        """Allow `most` to each address."""
        self._most = most
        self._taken: Counter[str] = Counter()

    @property
    def held(self) -> int:
        """How many places are taken by all addresses together."""
        return self._taken.total()

    @contextmanager
    def place(self, client: str) -> Iterator[None]:
        """Hold a place for as long as the block runs; raises Refusal if all are taken."""
        if self._taken[client] >= self._most:
            raise Refusal(
                f"Socket: expected at most {self._most} from one address, got one more; "
                "close another page of Thalweg."
            )
        self._taken[client] += 1
        try:
            yield
        finally:
            self._taken[client] -= 1
            if not self._taken[client]:
                del self._taken[client]


@dataclass(frozen=True)
class Services:
    """One server's parts."""

    settings: Settings
    compute: Compute
    log: Log
    races: Races
    catalogue: dict[str, Any]
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        """Count sockets from zero."""
        object.__setattr__(self, "places", Places(self.settings.sockets_per_client))


def services(connection: HTTPConnection) -> Services:
    """Find the services of the server that a request or a socket belongs to."""
    found: Services = connection.app.state.services
    return found
