"""Where machine code is kept, and what importing the package costs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import cache

ROOT = Path(__file__).parents[2]


def python(code: str, **environment: str) -> str:
    """Run code in a fresh interpreter without a NUMBA_CACHE_DIR of its own."""
    kept = {name: value for name, value in os.environ.items() if name != cache.VARIABLE}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**kept, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_importing_core_loads_no_engine_and_no_torch() -> None:
    code = (
        "import core, sys; print([n for n in ('numba', 'torch', 'pydantic') if n in sys.modules])"
    )
    assert python(code) == "[]"


def test_a_descent_loads_no_torch() -> None:
    code = "import core, sys; core.descend('beale', 'adam'); print('torch' in sys.modules)"
    assert python(code) == "False"


def test_the_folder_is_set_before_numba_and_named_by_the_key(tmp_path: Path) -> None:
    code = "import core, numba; print(numba.config.CACHE_DIR)"
    found = Path(python(code, XDG_CACHE_HOME=str(tmp_path)))
    assert found == tmp_path / "thalweg" / f"thalweg-{cache.key()}"
    assert found.is_dir()


def test_numba_imported_first_is_told() -> None:
    code = "import numba, core; print(numba.config.CACHE_DIR)"
    assert python(code).endswith(cache.key())


def test_a_folder_that_cannot_be_written_is_replaced() -> None:
    code = "import core, os; print(os.environ['NUMBA_CACHE_DIR'])"
    # A file in place of the folder: refused to every user, the superuser included.
    found = Path(python(code, XDG_CACHE_HOME=os.devnull))
    assert found.is_dir()
    found.rmdir()


def test_a_folder_of_the_users_choice_is_the_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    folder = cache.prepare()
    assert folder.parent == tmp_path
    assert cache.prepare() == folder  # as in a child process, which inherits the variable


def test_the_key_follows_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    (tmp_path / "optimizers").mkdir()
    source = tmp_path / "optimizers" / "rule.py"
    source.write_text("a = 1\n")
    before = cache.key()
    assert cache.key() == before
    source.write_text("a = 2\n")
    assert cache.key() != before
