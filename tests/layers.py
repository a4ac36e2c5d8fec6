"""The import rule of the house, as data, and the walker that holds the sources to it.

core <- server <- (the JSON contract) <- frontend. Within core, surfaces and optimizers do not know
each other, nor do descent and training; torch lives in core/training alone. Routes do not import
routes. An import inside a function, under TYPE_CHECKING or by `importlib.import_module` counts like
any other.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

# What each layer may import from outside, beside the standard library. The longest prefix decides.
_CORE = {"numpy", "numba", "llvmlite", "pydantic", "pydantic_core"}
OUTSIDE = {
    "core": _CORE,
    "core.training": {*_CORE, "torch", "safetensors"},
    "server": {
        "fastapi", "starlette", "uvicorn", "websockets", "orjson", "latex2mathml", "plotly",
        "pydantic", "pydantic_core", "numpy",
    },
}  # fmt: skip

# What each layer may import from within. "core.*" is a module at core's top level, such as
# core.parameter, which all may use; "core" is the front door itself, `import core`.
WITHIN = {
    "core": {"core.*", "core.formula", "core.surfaces", "core.optimizers", "core.descent"},
    "core.*": {"core.*"},
    "core.formula": {"core.*"},
    "core.surfaces": {"core.*", "core.formula"},
    "core.optimizers": {"core.*"},
    "core.descent": {"core.*", "core.formula", "core.surfaces", "core.optimizers"},
    "core.training": {"core.*", "core.optimizers"},
    # Scenes are states of both rooms, each with a claim that runs it.
    "core.scenes": {
        "core.*", "core.surfaces", "core.optimizers", "core.descent", "core.training",
    },
    "server": {
        "server", "core", "core.*", "core.formula", "core.surfaces", "core.optimizers",
        "core.descent", "core.training", "core.scenes",
    },
}  # fmt: skip

ROUTES = "server.routes"


def faults(root: Path) -> list[str]:
    """Every breach of the rule under `root`, each a sentence with its file and line."""
    found = []
    for path in sorted([*root.glob("core/**/*.py"), *root.glob("server/**/*.py")]):
        module = _module(path.relative_to(root))
        for line, target in _imports(path, module):
            if reason := _breach(root, module, target):
                found.append(f"{path.relative_to(root)}:{line} imports {target}: {reason}")
    return found


def _breach(root: Path, module: str, target: str) -> str | None:
    """Why `module` must not import `target`, or None."""
    top = target.partition(".")[0]
    here = _layer(root, module)
    if top in sys.stdlib_module_names:
        return None
    if top not in ("core", "server"):
        allowed = OUTSIDE[max((p for p in OUTSIDE if _under(module, p)), key=len)]
        return None if top in allowed else f"{here} may use {', '.join(sorted(allowed))} only."
    there = _layer(root, target)
    if _under(module, ROUTES) and _under(target, ROUTES):
        own = module == ROUTES or _under(target, module) or target == ROUTES
        return None if own else "routes do not import routes."
    if here == there or there in WITHIN[here]:
        return None
    return f"{here} does not know {there}."


def _layer(root: Path, module: str) -> str:
    """The key of WITHIN that a dotted name belongs to."""
    parts = module.split(".")
    if parts[0] == "server" or len(parts) == 1:
        return parts[0]
    folder = root / "core" / parts[1]
    if folder.is_dir():
        name = f"core.{parts[1]}"
        return name if name in WITHIN else "core.*"
    # Either a module at core's top level, or a name that core/__init__.py offers.
    return "core.*" if folder.with_suffix(".py").exists() else "core"


def _under(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _module(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of everything that a file imports."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            name = ast.unparse(node.func).rpartition(".")[2]
            first = node.args[0]
            if name in ("import_module", "__import__") and isinstance(first, ast.Constant):
                yield node.lineno, str(first.value)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if node.level == 0:
        return node.module or ""
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])
