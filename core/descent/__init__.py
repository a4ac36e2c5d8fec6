"""Descents: a request in, trajectories with their endings out.

descend("rosenbrock", "adam", start=(-1.2, 1), steps=1000, lr=0.2).ending.message
run(Request.read({"surface": {"name": "beale"}, "start": [1, 1.5], ...}))
"""

from core.descent.defaults import Defaults, defaults
from core.descent.inspection import Inspection
from core.descent.request import Grid, NamedSurface, Request, TypedSurface
from core.descent.run import run
from core.descent.shorthand import descend
from core.descent.trajectory import Descent, Ending, Ensemble, Trajectory

__all__ = [
    "Defaults",
    "Descent",
    "Ending",
    "Ensemble",
    "Grid",
    "Inspection",
    "NamedSurface",
    "Request",
    "Trajectory",
    "TypedSurface",
    "defaults",
    "descend",
    "run",
]
