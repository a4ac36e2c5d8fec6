"""The way of an entrant, from the race's initial weights to its last step.

A fork has its parents' way up to the step that it began at; every change is a turn of the way.
"""

from core.optimizers import Optimizer
from core.training import Job
from core.training.script import Leg
from core.training.standing import changed
from server.races.curves import Curve, Curves


def way(found: Curves, entrant: int) -> list[Leg]:
    """List the legs of an entrant's way, in order; the first begins at step 0.

    A parent's change at the very step of a fork is left out: the fork names all of its values.
    """
    curve = found.entrants[entrant]
    start = _declared(curve)
    if curve.origin is None:
        legs = [Leg(0, start, True)]
    else:
        at: int = curve.origin["step"]
        before = [leg for leg in way(found, curve.origin["parent"]) if leg.step < at]
        legs = [*before, Leg(at, start, not before or not curve.origin["kept"])]
    for change in curve.changes:
        declaration = changed(legs[-1].declaration, change["hyperparameter"], change["value"])
        legs.append(Leg(change["step"], declaration, False))
    return legs


def _declared(curve: Curve) -> Optimizer:
    """Read what an entrant was asked with."""
    return Job.read({"optimizers": [{"name": curve.name, **curve.hyperparameters}]}).optimizers[0]
