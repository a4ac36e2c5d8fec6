"""The manner of the house, checked on every file that git tracks."""

import re
import subprocess
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).parents[1]

# Files of ours that may be longer than house.LONGEST, each with its reason.
LONG: dict[str, str] = {}


def tracked(*suffixes: str, under: tuple[str, ...] = ("",)) -> list[Path]:
    """Files with these suffixes under these folders: what git tracks, or all without git."""
    listing = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode == 0 and listing.stdout:
        names = [Path(line) for line in listing.stdout.splitlines()]
    else:
        folders = ("core", "server", "frontend", "static", "tests")
        names = [p.relative_to(ROOT) for f in folders for p in (ROOT / f).rglob("*")]
    return [
        name
        for name in names
        if name.suffix in suffixes
        and any(folder in ("", name.parts[0]) for folder in under)
        and (ROOT / name).is_file()
    ]


def faults(check: Callable[[str], list[str]], files: list[Path]) -> list[str]:
    """The sentences of `check` over `files`, each with its file in front."""
    return [
        f"{name} {sentence}"
        for name in files
        for sentence in check((ROOT / name).read_text(encoding="utf-8"))
    ]


def test_no_file_is_too_long() -> None:
    files = [name for name in tracked(".py", ".js", ".css") if str(name) not in LONG]
    assert faults(house.too_long, files) == []


def test_text_never_becomes_code() -> None:
    python = tracked(".py", under=("core", "server", "frontend"))
    assert faults(house.text_as_code_in_python, python) == []
    javascript = tracked(".js", under=("frontend", "static"))
    assert faults(house.text_as_code_in_javascript, javascript) == []


def test_the_page_loads_nothing_from_outside() -> None:
    ours = ("frontend", "static")
    assert faults(house.addresses_in_script, tracked(".js", under=ours)) == []
    assert faults(house.addresses_in_sheet, tracked(".css", under=ours)) == []
    assert faults(house.addresses_in_html, tracked(".html", ".svg", under=ours)) == []


def test_the_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make run", "make test"):
        assert command in readme, f"README.md should name `{command}`, and does not."


def test_continuous_integration_runs_what_the_readme_names() -> None:
    assert re.search(r"\bmake test\b", (ROOT / ".ci/run").read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    """What pyproject.toml declares, what is installed, and what a source may write down itself."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert version("thalweg") == declared, (
        f"pyproject.toml says {declared}, installed is {version('thalweg')}: run make again."
    )
    literal = re.compile(r"""^(?:__version__|VERSION)\b[^="']*=\s*["']([^"']+)["']""", re.MULTILINE)
    for name in tracked(".py", under=("core", "server")):
        for written in literal.findall((ROOT / name).read_text(encoding="utf-8")):
            assert written == declared, f"{name} says {written}, pyproject.toml {declared}."


@pytest.mark.parametrize(
    ("check", "bad", "good"),
    [
        (house.too_long, "a\n" * 301, "a\n" * 300),
        (house.text_as_code_in_python, "eval('1')", "model.eval()\n# eval("),
        (house.text_as_code_in_python, "from sympy import sympify", "from re import compile"),
        (house.text_as_code_in_javascript, "a = eval('1')", "/a/.exec('a') // eval('1')"),
        (house.text_as_code_in_javascript, "e.innerHTML = a", "e.textContent = a"),
        (house.addresses_in_script, "fetch('https://example.org')", "// see https://example.org"),
        (house.addresses_in_script, 'import "//example.org/a"', "'http://www.w3.org/2000/svg'"),
        (house.addresses_in_sheet, "a { background: url(//a.org/a) }", "a { background: url(/a) }"),
        (house.addresses_in_sheet, "@import url(https://a.org/a.css);", "/* https://a.org */"),
        (
            house.addresses_in_html,
            "<link href='https://example.org/a.css'>",
            "<a href='https://example.org'>https://example.org</a>",
        ),
        (house.addresses_in_html, "<script>import 'https://example.org'</script>", "<p>//</p>"),
    ],
)
def test_each_check_can_fail(check: Callable[[str], list[str]], bad: str, good: str) -> None:
    assert len(check(bad)) == 1
    assert check(good) == []
