"""The golden table: every optimizer, its reference, and the worst difference between the two.

`python -m tests.core.optimizers.golden_table` measures all of it and writes tests/GOLDEN.md.
"""

from math import ceil, log10
from pathlib import Path

import numpy as np
import torch

from core.optimizers import OPTIMIZERS
from tests.core.optimizers.paths import make, path
from tests.core.optimizers.references import REFERENCES, astray
from tests.core.optimizers.test_golden import GOLDEN, STEPS, SURFACES, by_torch

TABLE = Path(__file__).parents[2] / "GOLDEN.md"
HEAD = """# Golden table

Every optimizer of the catalogue beside a reference that is not ours: torch's own optimizer with
autograd, scipy, or the published rule derived a second time in numpy. *Worst difference* is the
largest of |ours − theirs| / |theirs| in float64, rounded up to a power of ten; for iterates the
divisor is the farthest point of the path. The tests measure each row again and fail where it is
exceeded; `python -m tests.core.optimizers.golden_table` writes this file.

| optimizer | reference | compared | worst difference |
|---|---|---|---|
"""


def names() -> list[str]:
    """All optimizers of the catalogue, in its order."""
    return [str(each.model_fields["name"].default) for each in OPTIMIZERS]


def by_twin(name: str) -> float:
    """Worst difference from torch over the settings, surfaces and starts of the golden tests."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)  # torch keeps scalars of its rules in the default type
    worst = 0.0
    try:
        for settings in GOLDEN[name]:
            method = make(name, **settings)
            for ground in SURFACES.values():
                ours = path(method, ground.formula, ground.starts[0], STEPS).path
                theirs = by_torch(method, ground, ground.starts[0])
                worst = max(worst, astray(ours, theirs[: len(ours)]))
    finally:
        torch.set_default_dtype(before)
    return worst


def described(name: str) -> tuple[str, str]:
    """Who the reference is, and what is compared."""
    if name in GOLDEN:
        twin = make(name).torch()
        assert twin is not None
        return f"{twin.path}, autograd", f"iterates, {STEPS} steps"
    known = REFERENCES[name]
    return known.who, f"{known.compared}, {known.steps} steps"


def measured(name: str) -> float:
    """Worst difference of an optimizer from its reference."""
    return by_twin(name) if name in GOLDEN else REFERENCES[name].worst(name)


def rounded(worst: float) -> float:
    """The power of ten at or above it; at least that of float64 itself."""
    return float(10.0 ** ceil(log10(max(worst, float(np.finfo(float).eps)))))


def read() -> dict[str, tuple[str, str, float]]:
    """Read the table: who, what and how far, by optimizer."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = [each.strip("| ").split(" | ") for each in lines if each.startswith("| `")]
    return {name.strip("`"): (who, what, float(worst)) for name, who, what, worst in rows}


def line(name: str, worst: float) -> str:
    """One line of the table."""
    return f"| `{name}` | {' | '.join(described(name))} | {worst:.0e} |\n"


if __name__ == "__main__":
    lines = [line(name, rounded(measured(name))) for name in names()]
    TABLE.write_text(HEAD + "".join(lines), "utf-8")
