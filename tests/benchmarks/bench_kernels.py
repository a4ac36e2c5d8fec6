"""Kernels against the same work in C (gcc -O2) and against torch.optim with autograd."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from core.descent.landscape import landscape
from core.descent.native import Ground
from core.descent.request import Request, TypedSurface
from core.descent.rule import Rule
from core.descent.run import run
from core.optimizers import Optimizer, optimizer
from tests.benchmarks.timing import interleaved, row
from tests.twins import twin

FORMULA = "(a - x)**2 + b*(y - x**2)**2"
START = (-1.2, 1.0)
STEPS = 50_000
TORCH_STEPS = 100
SETTINGS = {"gradient_descent": 1e-4, "momentum": 1e-5, "adam": 1e-5}  # none arrives within STEPS
# So small that no run ends before its last step.
RULE = Rule(tolerance=1e-12, view=((-2.0, 2.0), (-1.0, 3.0)))
TEN = ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam",
       "newton", "bfgs", "lbfgs", "barzilai_borwein"]  # fmt: skip


def compiled_c() -> ctypes.CDLL | None:
    """Compile the reference; None where there is no gcc."""
    if shutil.which("gcc") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "reference.so"
        source = Path(__file__).with_name("reference.c")
        command = ["gcc", "-O2", "-shared", "-fPIC", "-o", library, source, "-lm"]
        subprocess.run(command, check=True)
        return ctypes.CDLL(str(library))


def in_c(library: ctypes.CDLL, name: str, method: Optimizer) -> Callable[[], object]:
    function = library[name]
    function.restype = ctypes.c_long
    pointer, double = ctypes.c_void_p, ctypes.c_double
    function.argtypes = [pointer, pointer, double, double, ctypes.c_long, pointer, pointer]
    p, h, rule = np.array([1.0, 100.0]), method.vector(), RULE.numbers.copy()

    def go() -> int:
        out = np.empty((STEPS + 1, 7))
        last: int = function(
            p.ctypes.data, h.ctypes.data, *START, STEPS, rule.ctypes.data, out.ctypes.data
        )
        assert last == STEPS
        return last

    return go


def in_kernel(ground: Ground, method: Optimizer) -> Callable[[], object]:
    def go() -> int:
        rows, _ = ground.run(method, START, STEPS, RULE)
        assert len(rows) == STEPS + 1
        return len(rows)

    return go


def in_torch(method: Optimizer) -> Callable[[], object]:
    def go() -> None:
        theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        rule = twin(method, [theta])
        for _ in range(TORCH_STEPS):
            rule.zero_grad()
            x, y = theta
            ((1 - x) ** 2 + 100 * (y - x**2) ** 2).backward()
            rule.step()

    return go


def whole_request() -> Request:
    rates = {"gradient_descent": 1e-3, "momentum": 5e-4, "nesterov": 5e-4}
    rules = [{"name": name, **({"lr": rates[name]} if name in rates else {})} for name in TEN]
    return Request.read(
        {
            "surface": {"formula": FORMULA, "parameters": {"a": 1, "b": 100}},
            "start": START,
            "steps": 1000,
            "view": RULE.view,
            "tolerance": 1e-12,
            "optimizers": rules,
        }
    )


def main() -> None:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    library = compiled_c()
    ground = landscape(TypedSurface(formula=FORMULA, parameters={"a": 1, "b": 100})).ground
    for name, lr in SETTINGS.items():
        method = optimizer(name).model_validate({"name": name, "lr": lr})
        contenders = {"kernel": in_kernel(ground, method)}
        if library is not None:
            contenders["C"] = in_c(library, name, method)
        taken = interleaved(contenders, rounds=21)
        taken |= interleaved({"torch": in_torch(method)}, rounds=5)
        step = taken["kernel"] / STEPS
        note = f"({step * 1e9:.1f} ns per recorded step)"
        if library is not None:
            row(f"{name}: kernel / C -O2", taken["kernel"] / taken["C"], "<= 1.5", note)
        else:
            print(f"{name}: kernel / C -O2: no gcc here {note}")
        ratio = taken["torch"] / TORCH_STEPS / step
        row(f"{name}: torch.optim with autograd / kernel", ratio, ">= 1,000")
    request = whole_request()
    taken = interleaved({"run": lambda: run(request)}, rounds=101)
    row("10 optimizers x 1,000 steps, ms of CPU", taken["run"] * 1e3, "<= 0.5")
    torch.set_num_threads(threads)


if __name__ == "__main__":
    main()
