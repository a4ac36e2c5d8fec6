"""Where numba keeps the machine code of the kernels, settled before numba is imported.

numba stamps a cached function with its own file alone, so an edited helper would go on being served
in its old form, and a package folder that cannot be written stops the program at import. One folder
per state of the sources, the versions and the processor cures both.
"""

import hashlib
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

SOURCES = ("optimizers/*.py", "descent/native.py")  # all that numba compiles
VARIABLE = "NUMBA_CACHE_DIR"


def key() -> str:
    """Name the present state of engine sources, versions and processor: 16 hexadecimal digits."""
    state = hashlib.sha256()
    here = Path(__file__).parent
    for pattern in SOURCES:
        for source in sorted(here.glob(pattern)):
            state.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    facts = (sys.version, version("numba"), version("llvmlite"), version("numpy"), _processor())
    state.update("\0".join(facts).encode())
    return state.hexdigest()[:16]


def prepare() -> Path:
    """Set the folder of the machine code and return it.

    A folder that the user has chosen becomes its parent; where nothing can be written there, it is
    a temporary one. A child process finds the variable ending in the key and leaves it alone.
    """
    name = f"thalweg-{key()}"
    chosen = os.environ.get(VARIABLE)
    if chosen and Path(chosen).name == name:
        return Path(chosen)
    folder = _writable(Path(chosen) if chosen else user_cache(), name)
    os.environ[VARIABLE] = str(folder)
    if "numba" in sys.modules:  # imported before us: it has read the environment already
        sys.modules["numba"].config.reload_config()
    return folder


def _writable(parent: Path, name: str) -> Path:
    folder = parent / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="thalweg-"))


def user_cache() -> Path:
    """Give the folder for what this person's programs can make again; it may not exist."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "thalweg"
    given = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "thalweg"
    except RuntimeError:  # no home folder at all
        return Path(tempfile.gettempdir()) / "thalweg"


def _processor() -> str:
    """Describe the processor closely enough that machine code for one is not run on another."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return f"{platform.machine()} {platform.processor()}"
    wanted = ("model name", "flags", "Features", "CPU part")
    return platform.machine() + "".join(sorted({line for line in lines if line.startswith(wanted)}))
