"""Many browsers watch one race of real training, on the cores that also train.

For every event, the wait of a watcher is the time from the first watcher that has it to this one:
what it costs to be one of many. All 500 sockets are held by one process on the same machine, whose
own work counts against the server; nothing may be missing or come twice.
"""

import asyncio
import json
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from tests.benchmarks.bench_socket import cpu_seconds
from tests.benchmarks.timing import row
from tests.browser.service import serve

WATCHERS = 500
SECONDS = 20.0  # of the race that are measured; it is stopped then
BAR_MS = 50.0
JOB = {
    "dataset": "shapes", "epochs": 200,
    "optimizers": [{"name": name} for name in ("gradient_descent", "momentum", "adam")],
}  # fmt: skip


def ask(url: str, path: str, body: object) -> Any:
    """Post a request to the server."""
    request = urllib.request.Request(f"{url}{path}", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


class Arrivals:
    """When which watcher had which event."""

    def __init__(self) -> None:
        self.times: dict[int, list[float]] = defaultdict(list)  # by seq
        self.messages = 0
        self.open = 0
        self.trains = False
        self.faults: list[str] = []

    async def watch(self, address: str) -> None:
        """Follow the race to its end; every event must come once and in order."""
        last = 0
        async with connect(address, max_size=None, open_timeout=60) as socket:
            self.open += 1
            async for text in socket:
                now = time.perf_counter()
                message = json.loads(text)
                self.messages += 1
                for event in message["events"]:
                    if event["seq"] != last + 1:
                        self.faults.append(f"event {event['seq']} came after {last}")
                    last = event["seq"]
                    self.times[last].append(now)
                    self.trains = self.trains or event["type"] == "steps"
                if message["events"] and message["events"][-1]["type"] == "stopped":
                    return

    def waits(self, after: int, before: int) -> list[float]:
        """Milliseconds of every watcher's wait for every event between two, in order."""
        measured = [times for seq, times in self.times.items() if after < seq < before]
        return sorted(1000 * (at - min(times)) for times in measured for at in times)


async def crowd(url: str, pid: int) -> tuple[Arrivals, int, int]:
    """Fill the room, watch for a while, stop the race; give also the seqs between which it held."""
    race = await asyncio.to_thread(ask, url, "/api/races", JOB)
    arrivals = Arrivals()
    address = f"ws{url[4:]}/ws/races/{race['id']}?after=0"
    watching = []
    for _ in range(WATCHERS):
        watching.append(asyncio.create_task(arrivals.watch(address)))
        await asyncio.sleep(0.01)  # so that they come as people do, not as one wave
    async with asyncio.timeout(120):
        while arrivals.open < WATCHERS or not arrivals.trains:
            await asyncio.sleep(0.05)
    await asyncio.sleep(2)  # what had been told before is caught up with
    began = max(arrivals.times)
    arrivals.messages = 0
    spent, own = cpu_seconds(pid), time.process_time()
    await asyncio.sleep(SECONDS)
    ended = max(arrivals.times)
    spent, own = cpu_seconds(pid) - spent, time.process_time() - own
    messages = arrivals.messages
    await asyncio.to_thread(ask, url, f"/api/races/{race['id']}/commands", {"command": "stop"})
    async with asyncio.timeout(60):
        await asyncio.gather(*watching)
    short = [seq for seq, times in arrivals.times.items() if len(times) != WATCHERS]
    if arrivals.faults or short:
        raise RuntimeError(f"expected every event once: {arrivals.faults[:3]}, {short[:3]}")
    rate, share = messages / SECONDS / WATCHERS, 1e6 / messages
    print(
        f"{WATCHERS} watchers, {rate:.1f} messages a second each, {ended - began} events; µs of CPU"
    )
    print(f"a message: server {share * spent:.0f}, the process of the watchers {share * own:.0f}")
    return arrivals, began, ended


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as service:
        arrivals, began, ended = asyncio.run(crowd(service.url, service.process.pid))
    waits = arrivals.waits(began, ended)
    for share in (0.5, 0.99):
        wait = waits[int(share * (len(waits) - 1))]
        bar = "<= 1" if share == 0.99 else "-"
        name = f"{WATCHERS} watchers, p{round(100 * share)} wait / bar of {BAR_MS:.0f} ms"
        row(name, wait / BAR_MS, bar, f"({wait:.0f} ms)")


if __name__ == "__main__":
    main()
