"""Set-up shared by every test: reproducible generated examples, browser tests last."""

from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: the first call of a kernel compiles it, and a shared machine is sometimes slow.
# Derandomized: the same commit gives the same verdict everywhere.
settings.register_profile("thalweg", deadline=None, derandomize=True)
settings.load_profile("thalweg")

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a real browser, and run it after everything that can fail sooner.

    Also because Playwright's loop stays in its thread, where no other loop can then run: hence
    `--no-loadscope-reorder` in the Makefile, where several processes share the files.
    """
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: BROWSER in item.path.parents)
