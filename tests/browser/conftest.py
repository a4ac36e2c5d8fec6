"""Fixtures of the browser tests: a real server, a real Chromium, and a witness of all that happens.

A test opens pages with `open_page(...)`, or takes `page`, the room of descents at 1440 x 900. When
it ends, the witness must have seen no error in the console, no uncaught exception, and no request
to anywhere but the server.
"""

from collections.abc import Generator, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import chromium
from tests.browser.driver import ready
from tests.browser.service import Service, serve
from tests.browser.witness import OpenPage, Witness

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Should anything ask for a name outside, the request fails here, and the witness reports it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

# A third of the time that a fresh page takes, without which it is the same page: Plotly's bundle
# throws errors while it loads, and V8 parses all of it anew to know their lines; every window of
# Chromium's has hidden pages for its address bar. Chromium heeds the last --disable-features alone,
# so those that Playwright names come again.
QUICKER = (
    "--js-flags=--no-enable-lazy-source-positions",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,LensOverlay,MediaRouter,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,PaintHolding,"
    "HttpsFirstBalancedModeAutoEnable,ThirdPartyStoragePartitioning,OptimizationHints,"
    "NetworkTimeServiceQuerying,PreconnectToSearch,AvoidCorsURLLoaderRestartOnRedirect",
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One server for the whole session, over an empty data folder."""
    with serve(tmp_path_factory.mktemp("data")) as service:
        yield service


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the session; each page gets a profile of its own."""
    path = chromium.find()
    if path is None:
        raise chromium.ChromiumMissingError(
            "The browser tests found no Chromium: run `make test`, which installs one, or name one "
            f"in {chromium.VARIABLE}."
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, headless=True, chromium_sandbox=False, args=[*FLAGS, *QUICKER]
        )
        yield launched
        launched.close()


@pytest.fixture
def witness(server: Service) -> Witness:
    """What this test's pages say and ask for."""
    return Witness(server.url)


@pytest.fixture
def open_page(browser: Browser, server: Service, witness: Witness) -> Iterator[OpenPage]:
    """A function that opens a path of the server in a fresh, empty profile."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        reduced_motion: bool = False,
        origin: str | None = None,
        expected_errors: tuple[str, ...] = (),
        wait: bool = True,
    ) -> Page:
        witness.origin = origin or server.url
        witness.expected.extend(expected_errors)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce" if reduced_motion else "no-preference",
        )
        contexts.append(context)
        witness.watch(context)
        page = context.new_page()
        page.goto(witness.origin + path)
        if wait:
            ready(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert witness.unexpected() == [], "The page met errors that the test did not announce."
    assert witness.strangers() == [], "The page asked for something outside its own server."


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The front page at 1440 x 900 in light colours, its first picture painted."""
    return open_page()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server said last, under a browser test that failed."""
    report = yield
    service = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(service, Service):
        report.sections.append(("server", "\n".join(service.said().splitlines()[-60:])))
    return report
