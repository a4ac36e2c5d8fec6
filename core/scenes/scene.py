"""What a scene is: a state worth opening, a sentence on what to notice, a claim that holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

from core.descent import Descent, NamedSurface, Request, TypedSurface, defaults, run
from core.surfaces import surface
from core.training import Job

Document = Literal["Paper", "Slides", "Chapter", "Thalweg"]
DOCUMENTS: tuple[Document, ...] = ("Paper", "Slides", "Chapter", "Thalweg")
Box = tuple[tuple[float, float], tuple[float, float]]
Panel = Literal["data", "curvature", "rule", "linesearch", "noise", "stopping", "graph", "averages"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A measured number and the bounds within which the scene's sentence is true."""

    what: str
    value: float
    low: float = -inf
    high: float = inf

    @property
    def holds(self) -> bool:
        """Whether the number lies within its bounds, the bounds included."""
        return self.low <= self.value <= self.high


Facts = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the fact comes from; `figure` is empty for scenes of our own."""

    document: Document
    figure: str = ""


def run_of(name: str, **hyperparameters: Any) -> dict[str, Any]:
    """Name one optimizer of a scene, with its schedule; the rest has the surface's defaults."""
    return {"name": name, **hyperparameters}


@dataclass(frozen=True, slots=True, kw_only=True)
class DescentScene:
    """A state of the Descent room.

    `surface` names one of the catalogue, or `formula` is typed and `view` belongs to it. `at` is
    the playhead (the last step if None), `zoom` the part of the plane to look at, if not the view.
    `average` is what the averages drawer shows, as frontend/descent/average-link.js reads it, and
    opens it. `open` names the other drawers that stand open, as frontend/descent/drawers.js does;
    `model` shows the local model of the first optimizer's step, and opens the curvature's.
    """

    id: str
    title: str
    sentence: str
    source: Source
    start: tuple[float, float]
    steps: int
    optimizers: tuple[Mapping[str, Any], ...]
    claim: Callable[[Descent], Facts]
    surface: str | None = None
    formula: str | None = None
    view: Box | None = None
    parameters: Mapping[str, float] | None = None
    at: int | None = None
    zoom: Box | None = None
    model: bool = False
    curve: Literal["loss", "gradient"] = "loss"
    average: str | None = None
    batch_size: int | None = None
    seed: int = 0
    open: tuple[Panel, ...] = ()

    def request(self) -> Request:
        """Build the whole question, hyperparameters and parameters written out."""
        usual = defaults(self.surface).hyperparameters
        return Request.read(
            {
                "surface": self._surface(),
                "start": self.start,
                "steps": self.steps,
                "seed": self.seed,
                "batch_size": self.batch_size,
                "view": self.view or surface(self.surface or "").view,
                "optimizers": [{**usual[each["name"]], **each} for each in self.optimizers],
            }
        )

    def _surface(self) -> NamedSurface | TypedSurface:
        given = dict(self.parameters or {})
        if self.formula is not None:
            return TypedSurface(formula=self.formula, parameters=given)
        name = self.surface or ""
        declared = {each.name: each.default for each in surface(name).parameters}
        return NamedSurface(name=name, parameters={**declared, **given})

    def facts(self) -> Facts:
        """Run the scene and measure what its sentence says."""
        return self.claim(run(self.request()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceScene:
    """A configuration of the Training room, ready to be started.

    `recorded` is the id of a run of it that comes with Thalweg.
    """

    id: str
    title: str
    sentence: str
    source: Source
    race: Mapping[str, Any]
    claim: Callable[[Job], Facts]
    recorded: str | None = None

    def job(self) -> Job:
        """Build the race, every hyperparameter written out."""
        return Job.read(dict(self.race))

    def facts(self) -> Facts:
        """Check the configuration against its source; nothing is trained."""
        return self.claim(self.job())


Scene = DescentScene | RaceScene
