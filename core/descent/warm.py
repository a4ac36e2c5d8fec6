"""Compile every kernel, or read it from the disk cache, before somebody waits for it."""

from core.descent.native import ALONG, GRID
from core.optimizers import OPTIMIZERS


def warm() -> None:
    """Load all kernels: some 8 s of work the first time ever, some tenths of one afterwards.

    A kernel that is not warm yet is loaded by the first descent that needs it.
    """
    for optimizer in OPTIMIZERS:
        _ = optimizer.kernel.address
    _ = GRID.address
    _ = ALONG.address


if __name__ == "__main__":
    warm()
