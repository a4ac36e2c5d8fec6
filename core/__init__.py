"""Thalweg's mathematics: surfaces, optimizers, descents and training, without any web.

Importing this package is cheap. It only tells numba where to keep its machine code, which has to
happen before numba itself is imported; the engine is loaded by the first descent.
"""

from typing import TYPE_CHECKING, Any

from core.cache import prepare

if TYPE_CHECKING:
    from core.descent.trajectory import Trajectory

prepare()


def descend(surface: str, optimizer: str, **settings: Any) -> "Trajectory":
    """Follow one optimizer down one surface: see `core.descent.descend`."""
    from core.descent import descend as follow

    return follow(surface, optimizer, **settings)
