"""The import rule of the frontend: native modules, rooms apart, one file that touches Plotly."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("descent", "training", "scenes")
ADAPTER = "plotly-adapter.js"

# Strings are matched first, so that the slashes of an address in a string open no comment.
_TOKENS = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"""
    r"""|(?P<comment>//[^\n]*|/\*.*?\*/)""",
    re.DOTALL,
)
_IMPORT = re.compile(
    r"""^\s*(?:import\s*|(?:import|export)\b[^;"'()=]*?\bfrom\s*)["'](?P<static>[^"']+)["']"""
    r"""|\bimport\s*\(\s*["'`](?P<dynamic>[^"'`]+)["'`]""",
    re.MULTILINE,
)


def without_comments(source: str) -> str:
    """The source with each comment blanked, its line breaks kept."""

    def blank(match: re.Match[str]) -> str:
        comment = match["comment"]
        return match[0] if comment is None else "\n" * comment.count("\n")

    return _TOKENS.sub(blank, source)


def faults(root: Path) -> list[str]:
    """Every breach of the rule under root/frontend, each a sentence with its file and line."""
    frontend = root / "frontend"
    found = []
    for path in sorted(frontend.glob("**/*.js")):
        name = path.relative_to(frontend)
        code = without_comments(path.read_text(encoding="utf-8"))
        for line, reason in (*_bad_imports(frontend, name, code), *_bad_words(name, code)):
            found.append(f"frontend/{name}:{line} {reason}")
    return found


def _bad_imports(frontend: Path, name: Path, code: str) -> Iterator[tuple[int, str]]:
    for match in _IMPORT.finditer(code):
        target = match["static"] or match["dynamic"]
        line = code.count("\n", 0, match.start(match.lastgroup or 0)) + 1
        if not target.startswith("."):
            yield line, f"imports {target!r}: modules are named by a relative path, nothing else."
            continue
        file = (frontend / name.parent / target).resolve()
        if not file.is_file():
            yield line, f"imports {target!r}, which does not exist."
            continue
        there = file.relative_to(frontend.resolve())
        rooms = {part.parts[0] for part in (name, there) if part.parts[0] in ROOMS}
        if len(rooms) == 2:
            yield line, f"imports {there}: rooms do not know each other."
        if _is_panel(name) and _is_panel(there):
            yield line, f"imports {there}: panels do not import panels."
        if name.parts[0] == "plots" and "store" in there.stem:
            yield line, f"imports {there}: plot functions are pure, they do not know the store."


def _bad_words(name: Path, code: str) -> Iterator[tuple[int, str]]:
    if name.name != ADAPTER:
        for match in re.finditer(r"\bPlotly\b", code):
            yield code.count("\n", 0, match.start()) + 1, f"touches Plotly: only {ADAPTER} does."
    if name.parts[0] == "plots":
        for match in re.finditer(r"\b(?:document|window|localStorage)\s*[.\[]", code):
            line = code.count("\n", 0, match.start()) + 1
            yield line, "touches the document: plot functions are pure, they return what to draw."


def _is_panel(name: Path) -> bool:
    return "panels" in name.parts or name.stem.endswith(("-panel", "_panel"))
