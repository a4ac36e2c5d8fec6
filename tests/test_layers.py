"""The import rule holds, and the checkers that say so do fail on a planted fault."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import layers, layers_js

ROOT = Path(__file__).parents[1]


def test_python_layers() -> None:
    assert layers.faults(ROOT) == []


def test_javascript_layers() -> None:
    assert layers_js.faults(ROOT) == []


def plant(root: Path, files: dict[str, str]) -> Path:
    """A small house that keeps the rule, with `files` added to it."""
    house = {
        "core/__init__.py": "from core.descent import descend",
        "core/parameter.py": "import math",
        "core/formula/__init__.py": "import numpy\nfrom core.parameter import Parameter",
        "core/surfaces/__init__.py": "from core.formula import parse",
        "core/optimizers/__init__.py": "import numba\nfrom ..parameter import Parameter",
        "core/descent/__init__.py": "from core import optimizers, surfaces\ndef descend(): ...",
        "core/training/__init__.py": "import torch\nfrom core.optimizers import adam",
        "server/__init__.py": "import fastapi\nimport core\nfrom core import descend",
        "server/routes/__init__.py": "from server.routes import races\nfrom . import formulas",
        "server/routes/races.py": "from server import log",
        "server/routes/formulas.py": "import orjson",
        "frontend/main.js": "import { a } from './descent/room.js';\nimport './training/room.js';",
        "frontend/store.js": "export const a = 1;",
        "frontend/plotly-adapter.js": "export const draw = () => window.Plotly.react();",
        "frontend/descent/room.js": "// as Plotly does\nexport { a } from '../store.js';",
        "frontend/training/room.js": "import { a } from '../store.js';",
        "frontend/plots/lines.js": "/* no document.body, no Plotly */ export const b = 'a // b';",
    }
    for name, text in {**house, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    return root


def test_a_house_in_order_has_no_faults(tmp_path: Path) -> None:
    root = plant(tmp_path, {})
    assert layers.faults(root) == []
    assert layers_js.faults(root) == []


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("core/parameter.py", "import server", "core.* does not know server"),
        ("core/parameter.py", "from core.formula import parse", "does not know core.formula"),
        ("core/formula/parse.py", "import sympy", "imports sympy"),
        ("core/surfaces/beale.py", "import core.optimizers.adam", "does not know core.optimizers"),
        ("core/surfaces/beale.py", "from ..optimizers import a", "does not know core.optimizers"),
        ("core/optimizers/adam.py", "from core import surfaces", "does not know core.surfaces"),
        ("core/optimizers/adam.py", "def twin():\n    import torch.optim", ":2 imports torch"),
        ("core/optimizers/adam.py", "from core import descend", "does not know core."),
        ("core/descent/run.py", "from core.training import train", "not know core.training"),
        ("core/descent/run.py", "import fastapi", "imports fastapi"),
        ("core/training/train.py", "from core import descent", "not know core.descent"),
        ("core/training/train.py", "import core.surfaces", "not know core.surfaces"),
        ("core/__init__.py", "from core.training import train", "not know core.training"),
        ("server/app.py", "import torch", "imports torch"),
        ("server/app.py", "import importlib\nimportlib.import_module('torch')", ":2 imports torch"),
        ("server/routes/races.py", "from server.routes import formulas", "routes do not import"),
        ("server/routes/races.py", "from .formulas import router", "routes do not import routes"),
        ("server/routes/races.py", "import server.routes.formulas", "routes do not import routes"),
    ],
)
def test_a_planted_python_fault_is_found(tmp_path: Path, file: str, text: str, words: str) -> None:
    (fault,) = layers.faults(plant(tmp_path, {file: text}))
    assert fault.startswith(file)
    assert words in fault


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("frontend/descent/a.js", "import { a } from '../training/room.js';", "rooms do not know"),
        ("frontend/descent/a.js", "const a = import('../training/room.js');", "rooms do not know"),
        ("frontend/training/a.js", "export {\n  a,\n} from '../descent/room.js';", "rooms do not"),
        ("frontend/descent/map.js", "let a;\nPlotly.react(a);", ":2 touches Plotly"),
        ("frontend/plots/a.js", "document.body.append();", "touches the document"),
        ("frontend/plots/a.js", "import { a } from '../store.js';", "do not know the store"),
        ("frontend/a.js", "import { html } from 'lit';", "relative path"),
        ("frontend/a.js", "import { a } from 'https://example.org/a.js';", "relative path"),
        ("frontend/a.js", "import { a } from './missing.js';", "does not exist"),
        (
            "frontend/descent/panels/a.js",
            "import './b.js';",
            "panels do not import panels",
        ),
    ],
)
def test_a_planted_javascript_fault_is_found(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    (fault,) = layers_js.faults(
        plant(tmp_path, {"frontend/descent/panels/b.js": "export {};", file: text})
    )
    assert fault.startswith(file)
    assert words in fault


def test_the_server_does_not_load_torch() -> None:
    """Loading torch takes a second or two and 200 MB; only the workers pay that."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import server.__main__, sys; print('torch' in sys.modules)"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert loaded.stdout.strip() == "False", f"Expected no torch. {loaded.stdout}{loaded.stderr}"
