"""What a descent is asked with, and what is refused before anything runs."""

from math import isfinite
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    Tag,
    model_validator,
)

from core.descent.measures import Measure
from core.descent.stopping import checked
from core.optimizers import AnyOptimizer
from core.refusal import Refusal
from core.sentences import validated

View = tuple[tuple[FiniteFloat, FiniteFloat], tuple[FiniteFloat, FiniteFloat]]

MAX_STEPS = 100_000
MAX_OPTIMIZERS = 32
MAX_WORK = 500_000  # steps × optimizers × seeds
MAX_GRID = 512  # columns, and rows
MAX_SEED = 2**32 - 1
MAX_SEEDS = 64  # runs of every optimizer
MAX_NOISE = 1_000_000  # standard deviation of each component of the gradient's noise
TOLERANCE = 1e-3


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedSurface(_Strict):
    """A surface of the catalogue, with values for its parameters (the rest at their defaults)."""

    name: str
    parameters: dict[str, FiniteFloat] = {}


class TypedSurface(_Strict):
    """A formula in x, y and named parameters, with a value for each parameter.

    Without `parameters` every other name in the formula becomes one, with the value 1.
    """

    formula: str
    parameters: dict[str, FiniteFloat] | None = None


def _kind(surface: Any) -> str:
    typed = "formula" in surface if isinstance(surface, dict) else hasattr(surface, "formula")
    return "typed" if typed else "named"


AnySurface = Annotated[
    Annotated[NamedSurface, Tag("named")] | Annotated[TypedSurface, Tag("typed")],
    Discriminator(_kind),
]


def _ordered(view: View, field: str) -> None:
    for axis, (low, high) in zip("xy", view, strict=True):
        if not (low < high and isfinite(high - low)):
            raise Refusal(
                f"Expected the view's {axis} as [low, high] with low < high, "
                f"got [{low:g}, {high:g}]. Swap or widen them.",
                field=field,
            )


class Grid(_Strict):
    """A grid of values of f for the contour map, the ends of its view included."""

    columns: int = Field(ge=2, le=MAX_GRID)
    rows: int = Field(ge=2, le=MAX_GRID)
    view: View

    @model_validator(mode="after")
    def _check(self) -> Self:
        _ordered(self.view, "grid.view")
        return self


class Request(_Strict):
    """Several optimizers, one surface, one start.

    `noise` is the standard deviation of Gaussian noise on the gradient, drawn from (seed, step) and
    the same for every optimizer; `batch_size` the number of rows that a step of a finite sum sees,
    drawn from (seed, step) likewise (None: all of them); `tolerance` is the gradient norm that
    counts as converged; `view` the part of the plane that a run may leave by ten half-widths (if
    absent, the surface's own); `inspect` the index of the optimizer along whose way gradient and
    Hessian are wanted.
    `measure` asks for one more number at every iterate (`core.descent.measures`), `stopping` for
    the step at which each of these rules would have ended the run (`core.descent.stopping`), by
    their tolerances. With `seeds` above 1 every optimizer also runs with the seeds
    that follow (`core.descent.ensemble`).
    """

    surface: AnySurface
    start: tuple[FiniteFloat, FiniteFloat]
    steps: int = Field(ge=1, le=MAX_STEPS)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    seeds: int = Field(default=1, ge=1, le=MAX_SEEDS)
    noise: FiniteFloat = Field(default=0, ge=0, le=MAX_NOISE)
    batch_size: int | None = Field(default=None, ge=1)
    tolerance: FiniteFloat = Field(default=TOLERANCE, ge=1e-12, le=1e3)
    view: View | None = None
    optimizers: tuple[AnyOptimizer, ...] = Field(min_length=1, max_length=MAX_OPTIMIZERS)
    grid: Grid | None = None
    inspect: int | None = Field(default=None, ge=0)
    measure: Measure | None = None
    stopping: dict[str, FiniteFloat] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.view is not None:
            _ordered(self.view, "view")
        work = self.steps * len(self.optimizers) * self.seeds
        if work > MAX_WORK:
            raise Refusal(
                f"Expected at most {MAX_WORK:,} steps in all, got {self.steps:,} steps × "
                f"{len(self.optimizers)} optimizers"
                + (f" × {self.seeds} seeds" if self.seeds > 1 else "")
                + f" = {work:,}. Take fewer of {'one of them' if self.seeds > 1 else 'either'}.",
                field="steps",
            )
        if self.seed + self.seeds - 1 > MAX_SEED:
            raise Refusal(
                f"Expected seeds up to {MAX_SEED}, got {self.seeds} from {self.seed} on. Begin "
                "with a lower seed, or take fewer.",
                field="seeds",
            )
        for index, each in enumerate(self.optimizers):
            try:
                each.check_surface()
            except Refusal as refused:
                raise Refusal(refused.sentence, field=f"optimizers.{index}") from None
        checked(self.stopping or {})
        if self.inspect is not None and self.inspect >= len(self.optimizers):
            last = len(self.optimizers) - 1
            raise Refusal(
                f"Expected inspect to be the index of an optimizer, from 0 to {last}, "
                f"got {self.inspect}. Name one of those, or leave it out.",
                field="inspect",
            )
        return self

    @classmethod
    def read(cls, data: object) -> Self:
        """Build a request from plain data; whatever is wrong with it is one `Refusal`."""
        return validated(cls, data)
