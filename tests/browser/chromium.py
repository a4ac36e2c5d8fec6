"""Find a Chromium for the browser tests, or install one.

`python -m tests.browser.chromium` prints the path of the executable; `make test` calls it before
pytest, so that nothing is installed while a test's clock is running.

Looked for, in this order: the path in the environment variable THALWEG_CHROMIUM; chromium or Google
Chrome in PATH; the one that Playwright has installed. Failing these, one is installed: by apt where
the user is root on a Debian or Ubuntu, else by Playwright, into its own folder in the user's cache.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

VARIABLE = "THALWEG_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
BUNDLES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)


class ChromiumMissingError(RuntimeError):
    """No Chromium could be found or installed; the message says what to do."""


def find() -> Path | None:
    """The executable, or None where the machine has none."""
    named = os.environ.get(VARIABLE)
    if named:
        path = shutil.which(named)
        if path is None:
            raise ChromiumMissingError(
                f"{VARIABLE} should name an executable Chromium, but {named!r} is none: "
                "correct the path or unset the variable."
            )
        return Path(path)
    for name in NAMES:
        if path := shutil.which(name):
            return Path(path)
    for bundle in (*BUNDLES, _playwrights_own()):
        if bundle.exists():
            return bundle
    return None


def install() -> Path:
    """Install a Chromium and return its executable; what the installers say goes to stderr."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        attempts.insert(0, ["apt-get", "install", "-y", "--no-install-recommends", "chromium"])
        _run(["apt-get", "update"])
    for command in attempts:
        if _run(command) and (path := find()):
            return path
    raise ChromiumMissingError(
        "The browser tests need Chromium, and none was found or could be installed here: "
        f"install chromium or Google Chrome and put it in PATH, or name it in {VARIABLE}."
    )


def _run(command: list[str]) -> bool:
    print(f"$ {' '.join(command)}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment
        )
    except (OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return False
    return True


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    try:
        print(find() or install())
    except ChromiumMissingError as failure:
        sys.exit(str(failure))
