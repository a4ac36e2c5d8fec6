"""The page in a headless Chromium: from a slider to the paint, and from the start to a usable page.

Ten optimizers of 1,000 steps each, the curvature under one of them open, follow a slider whose
input events come every 8 ms, as a fast hand makes them. The latency of a picture is the time from
the event that it answers to the frame in which it was committed. Time of the wall, on a machine
that does other things as well.
"""

import json
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.timing import row
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.descent import settled
from tests.browser.driver import ready
from tests.browser.service import serve

RUNNERS = (
    "gradient_descent:lr:0.0005,momentum:lr:0.0001,nesterov:lr:0.0001,adagrad:lr:0.05,"
    "rmsprop:lr:0.002,adam:lr:0.01,adam:lr:0.02,adagrad:lr:0.1,rmsprop:lr:0.003,momentum:lr:0.0002"
)
STEPS = 1000
EVERY_MS = 8
SECONDS = 2.5
ROUNDS = 5

_DRAG = """
([every, milliseconds]) => new Promise((resolve) => {
  const {signals} = window.thalweg.descent;
  const slider = document.querySelector(".row input[type=range]");
  const asked = new Map();
  const latencies = [];
  const channel = new MessageChannel();
  const painted = [];
  signals.addEventListener("sent", ({detail}) => asked.set(detail, performance.now()));
  // A message posted while a frame is made is delivered when that frame has been committed.
  signals.addEventListener("painted", ({detail}) => {
    painted.push(detail);
    channel.port2.postMessage(null);
  });
  channel.port1.onmessage = () => {
    const now = performance.now();
    for (const sequence of painted.splice(0)) {
      if (asked.has(sequence)) latencies.push(now - asked.get(sequence));
    }
  };
  const began = performance.now();
  let count = 0;
  const timer = setInterval(() => {
    const elapsed = performance.now() - began;
    if (elapsed > milliseconds) {
      clearInterval(timer);
      setTimeout(() => resolve({latencies, events: count, seconds: elapsed / 1000}), 300);
      return;
    }
    slider.value = String(0.3 + 0.02 * Math.sin(elapsed / 150));
    slider.dispatchEvent(new Event("input", {bubbles: true}));
    count += 1;
  }, every);
})
"""


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def slider_to_paint(page: Page) -> None:
    rows = page.evaluate(
        "() => window.thalweg.descent.store.get().picture.runs.map((run) => run.trajectory.rows)"
    )
    assert rows == [STEPS + 1] * 10, f"Ten paths of {STEPS} steps were asked for, got {rows}."
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def cpu() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    page.evaluate(_DRAG, [EVERY_MS, 500])
    middles, slows, painted, busy = [], [], [], []
    for _ in range(ROUNDS):
        settled(page)
        began = cpu()
        result = page.evaluate(_DRAG, [EVERY_MS, SECONDS * 1000])
        busy.append(1000 * (cpu() - began) / len(result["latencies"]))
        middles.append(quantile(result["latencies"], 0.5))
        slows.append(quantile(result["latencies"], 0.95))
        painted.append(len(result["latencies"]) / result["seconds"])
    note = f"({median(painted):.0f} pictures a second)"
    p50, p95 = median(middles), median(slows)
    row("slider to paint, p50 / bar of 20 ms", p50 / 20, "<= 1", f"({p50:.1f} ms) {note}")
    row("slider to paint, p95 / bar of 40 ms", p95 / 40, "<= 1", f"({p95:.1f} ms)")
    spent = median(busy)
    row("the page's CPU a picture / a frame of 16.7 ms", spent / 16.7, "<= 1", f"({spent:.1f} ms)")


def workers_are_warm(url: str) -> None:
    """Wait until the training workers have started: their imports take both cores for a while."""
    for _ in range(600):
        with urllib.request.urlopen(f"{url}/healthz") as answer:
            if not json.load(answer)["device"].endswith("starting"):
                return
        time.sleep(0.1)
    raise TimeoutError("Expected warm training workers within a minute, got none.")


def start_to_page(browser: Browser, folder: Path) -> float:
    """Seconds from the start of the server's process to the first painted picture."""
    began = time.perf_counter()
    with serve(folder) as service, browser.new_context() as context:
        page = context.new_page()
        page.goto(service.url)
        ready(page)
        return time.perf_counter() - began


def main() -> None:
    path = chromium.find() or chromium.install()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, chromium_sandbox=False, args=list(FLAGS)
        )
        starts = [start_to_page(browser, Path(folder) / str(n)) for n in range(3)]
        with serve(Path(folder) / "drag") as service:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{service.url}/#/descent?steps={STEPS}&run={RUNNERS}&open=curvature")
            ready(page)
            workers_are_warm(service.url)
            settled(page)
            slider_to_paint(page)
        browser.close()
    seconds = median(starts)
    row("start to first picture / bar of 3 s", seconds / 3, "<= 1", f"({seconds:.1f} s)")


if __name__ == "__main__":
    main()
