"""All that the page needs to build its controls, read from the declarations in core.

What never changes is built once, at the start; availability of data sets and the device are asked
for anew at each request.
"""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from core.descent import defaults, stopping
from core.descent.request import (
    MAX_GRID,
    MAX_NOISE,
    MAX_OPTIMIZERS,
    MAX_SEED,
    MAX_SEEDS,
    MAX_STEPS,
    MAX_WORK,
)
from core.formula.limits import CHARACTERS
from core.formula.program import program
from core.optimizers import OPTIMIZERS, Optimizer
from core.optimizers.schedules import SCHEDULES, Schedule
from core.parameter import Parameter
from core.surfaces import SURFACES, Surface
from core.surfaces.pictures import Model, Points
from core.training import DATASETS, LIMITS, NETWORKS, Job
from core.training.costs import COSTS
from core.training.script import repeatable
from core.training.standing import changeable
from server.mathml import mathml

LIMITS_ALL: dict[str, int] = {
    "steps": MAX_STEPS,
    "work": MAX_WORK,
    "optimizers": MAX_OPTIMIZERS,
    "grid": MAX_GRID,
    "noise": MAX_NOISE,
    "seeds": MAX_SEEDS,
    "seed": MAX_SEED,
    "formula_characters": CHARACTERS,
    **LIMITS,
}


def own_version() -> str:
    """Return the version of this package; "0" where it runs without being installed."""
    try:
        return version("thalweg")
    except PackageNotFoundError:
        return "0"


def plotly_version() -> str:
    """Return the version of the installed plotly package, whose bundle the page loads."""
    return version("plotly")


def plotly_address() -> str:
    """Return the address of the bundle; it changes with the version, so browsers may keep it."""
    return f"/plotly/{plotly_version()}/plotly.min.js"


def fixed() -> dict[str, Any]:
    """Build what stays the same for as long as the server runs."""
    return {
        "version": own_version(),
        "plotly": plotly_address(),
        "surfaces": [_surface(each) for each in SURFACES],
        "optimizers": [_optimizer(each) for each in OPTIMIZERS],
        "schedules": [_schedule(each) for each in SCHEDULES],
        "stopping": [_stopping(each) for each in stopping.RULES],
        "networks": [
            {
                "name": each.name,
                "title": each.title,
                "sentence": each.sentence,
                "parameters": each.parameters,
                "layers": each.layers,
            }
            for each in NETWORKS
        ],
        "race": Job().model_dump(mode="json"),
        "limits": LIMITS_ALL,
        "costs": COSTS,
    }


def changing(device: str) -> dict[str, Any]:
    """Build what may differ from one request to the next."""
    return {
        "datasets": [
            {
                "name": each.name,
                "title": each.title,
                "classes": each.classes,
                "train": each.trainable(),
                "validation": each.validation,
                "available": each.available(),
                "sentence": each.sentence(),
            }
            for each in DATASETS
        ],
        "device": device,
    }


def _surface(surface: Surface) -> dict[str, Any]:
    tuned = defaults(surface.name)
    return {
        "name": surface.name,
        "title": surface.title,
        "formula": surface.formula,
        "mathml": surface.mathml(),
        "sentence": surface.sentence,
        "reference": surface.reference,
        "parameters": [_parameter(each) for each in surface.parameters],
        "variables": len(surface.variables),
        "view": surface.view,
        "start": surface.start,
        "data": _data(surface),
        "steps": tuned.steps,
        "shown": tuned.shown,
        "defaults": tuned.hyperparameters,
    }


def _data(surface: Surface) -> dict[str, Any] | None:
    """Give the rows of a sum, and what they look like; formulas go as steps (`program`)."""
    if surface.data is None:
        return None
    points = model = None
    match surface.picture:
        case Points(x, y, weight):
            points = {"x": program(x), "y": program(y), "weight": weight}
        case Model(inputs, target, output, labels):
            model = {
                "inputs": inputs,
                "target": target,
                "output": program(output),
                "labels": labels,
            }
    return {
        "columns": surface.data.columns,
        "rows": surface.data.rows,
        "points": points,
        "model": model,
    }


def _optimizer(kind: type[Optimizer]) -> dict[str, Any]:
    trained = kind.training is not None
    return {
        "name": kind.model_fields["name"].default,
        "title": kind.title,
        "short": kind.short,
        "family": kind.family,
        "reference": kind.reference,
        "formula_mathml": mathml(kind.formula),
        "needs": sorted(kind.needs),
        "primary": kind.primary,
        "takes_schedule": kind.takes_schedule,
        "variables": sorted(kind.variables),
        "parameters": [_parameter(each) for each in kind.parameters()],
        "training": kind.training,
        "script": trained and repeatable(kind.model_validate({})),
        "training_parameters": (
            [_parameter(each) for each in kind.training_parameters()] if trained else None
        ),
        "changeable": changeable(kind.model_validate({})) if trained else [],
    }


def _schedule(kind: type[Schedule]) -> dict[str, Any]:
    return {
        "name": kind.model_fields["name"].default,
        "title": kind.title,
        "reference": kind.reference,
        "formula_mathml": mathml(kind.formula),
        "words": kind.words,
        "parameters": [_parameter(each) for each in kind.parameters()],
    }


def _stopping(rule: stopping.StoppingRule) -> dict[str, Any]:
    low, high = stopping.LOW, stopping.HIGH
    meaning = f"tolerance of {rule.title.lower()}"
    tolerance = Parameter(rule.name, rule.tolerance, low, high, r"\varepsilon", meaning, "log")
    return {
        "name": rule.name,
        "title": rule.title,
        "formula_mathml": mathml(rule.formula),
        "words": rule.words,
        "tolerance": _parameter(tolerance),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "symbol": mathml(parameter.symbol),
        "meaning": parameter.meaning,
        "default": parameter.default,
        "low": parameter.low,
        "high": parameter.high,
        "scale": parameter.scale,
    }
