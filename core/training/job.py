"""What a race is asked with, and what is refused before anything runs."""

from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_serializer,
    field_validator,
    model_validator,
)

from core.optimizers import OPTIMIZERS, AnyOptimizer, Optimizer, optimizer
from core.refusal import Refusal
from core.sentences import validated
from core.training.data import dataset
from core.training.lanes import Lane, lanes
from core.training.networks import network

MAX_ENTRANTS = 64  # a grid of nine optimizers at seven learning rates
MAX_EPOCHS = 200
MAX_BATCH = 1_024  # images
MAX_CROP = 8  # pixels: a quarter of the side
MAX_STEPS = 200_000  # minibatches that one entrant may consume
MAX_REPEATS = 10  # of every optimizer, each with a seed of its own
MAX_SEED = 2**32 - 1

LIMITS = {
    "entrants": MAX_ENTRANTS,
    "epochs": MAX_EPOCHS,
    "batch_size": MAX_BATCH,
    "training_steps": MAX_STEPS,
    "crop": MAX_CROP,
    "repeats": MAX_REPEATS,
}

TRAINABLE: tuple[type[Optimizer], ...] = tuple(each for each in OPTIMIZERS if each.training)
DEFAULT_ENTRANTS = ("gradient_descent", "momentum", "adagrad", "rmsprop", "adam", "lbfgs")


class Job(BaseModel):
    """One race: several optimizers train one network on one data set from the same weights.

    It may be run in several `repeats`: repeat r is what the race with `seed` + r would be, so that
    within a repeat all have the same weights, images and batches, and from one to the next none.
    `validation_size` images are held out (None: as many as the data set usually does), `train_size`
    None takes all the others; the official test split is not among them. `crop` (pixels) and `flip`
    augment the training images. A hyperparameter that an entrant leaves out has its value for
    training (`Optimizer.training`), not the one for surfaces. Every `sharpness_every` epochs the
    Hessian's top eigenvalue is measured; 0: never. `landscape`: at the end, the loss on a plane
    through all paths of the first repeat. `forks` are those of the `optimizers`, its last, that
    joined under way: the repeat of each. A request has none, and no dump.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dataset: str = "shapes"
    train_size: int | None = Field(default=None, ge=1)
    validation_size: int | None = Field(default=None, ge=1)
    network: str = "paper"
    epochs: int = Field(default=8, ge=1, le=MAX_EPOCHS)
    batch_size: int = Field(default=64, ge=1, le=MAX_BATCH)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    repeats: int = Field(default=1, ge=1, le=MAX_REPEATS)
    sharpness_every: int = Field(default=0, ge=0, le=MAX_EPOCHS)
    landscape: bool = False
    crop: int = Field(default=0, ge=0, le=MAX_CROP)
    flip: bool = False
    optimizers: tuple[AnyOptimizer, ...] = Field(
        default_factory=lambda: tuple(_entrant(name) for name in DEFAULT_ENTRANTS),
        min_length=1,
        max_length=MAX_ENTRANTS,
    )
    forks: tuple[int, ...] = Field(default=(), exclude=True)

    @property
    def lanes(self) -> list[Lane[Optimizer]]:
        """The entrants, by number."""
        return lanes(self.optimizers, self.repeats, self.forks)

    @field_validator("optimizers", mode="before")
    @classmethod
    def _fill(cls, entrants: Any) -> Any:
        """Fill in the values for training where an entrant leaves them out."""
        if not isinstance(entrants, list | tuple):
            return entrants
        return tuple(_filled(each, index) for index, each in enumerate(entrants))

    @model_validator(mode="after")
    def _check(self) -> Self:
        network(self.network)
        for index, each in enumerate(self.optimizers):
            try:
                each.check_training()
            except Refusal as refused:
                raise Refusal(refused.sentence, field=f"optimizers.{index}") from None
        self._check_repeats()
        images = dataset(self.dataset)
        most = images.trainable(self.validation_size)
        if most < 1:
            raise Refusal(
                f"Expected a validation_size below the {images.total():,} images of {self.dataset} "
                f"that are here, got {self.validation_size:,}: lower it.",
                field="validation_size",
            )
        size = most if self.train_size is None else self.train_size
        if size > most:
            raise Refusal(
                f"Expected at most {most:,} training images of {self.dataset}, got {size:,}: "
                "lower train_size.",
                field="train_size",
            )
        if self.batch_size > size:
            raise Refusal(
                f"Expected a batch_size of at most train_size = {size:,}, got {self.batch_size:,}: "
                "lower batch_size or raise train_size.",
                field="batch_size",
            )
        steps = self.epochs * (size // self.batch_size)
        if steps > MAX_STEPS:
            raise Refusal(
                f"Expected at most {MAX_STEPS:,} steps for each entrant, got {self.epochs} epochs "
                f"× {size // self.batch_size:,} = {steps:,}: take fewer epochs or larger batches.",
                field="epochs",
            )
        return self

    def _check_repeats(self) -> None:
        asked = len(self.optimizers) - len(self.forks)
        if asked < 1 or any(not 0 <= repeat < self.repeats for repeat in self.forks):
            raise Refusal(
                f"Expected for each fork, fewer than the optimizers, a repeat from 0 to "
                f"{self.repeats - 1}, got {list(self.forks)}: leave forks out.",
                field="forks",
            )
        if len(self.lanes) > MAX_ENTRANTS:
            raise Refusal(
                f"Expected at most {MAX_ENTRANTS} entrants in all, got {asked} optimizers × "
                f"{self.repeats} repeats{f' and {len(self.forks)} forks' if self.forks else ''} = "
                f"{len(self.lanes)}: take fewer repeats or optimizers.",
                field="repeats" if self.repeats > 1 else "optimizers",
            )
        if self.seed + self.repeats - 1 > MAX_SEED:
            raise Refusal(
                f"Expected seeds up to {MAX_SEED}, got {self.seed} and {self.repeats} repeats "
                "counted from it: lower the seed.",
                field="seed",
            )

    @field_serializer("optimizers")
    def _plain(self, entrants: tuple[Optimizer, ...]) -> list[dict[str, Any]]:
        """Write down all that a worker must know, what only networks have included."""
        return [_entry(each) for each in entrants]

    @classmethod
    def read(cls, data: object) -> Self:
        """Build a job from plain data; whatever is wrong with it is one `Refusal`."""
        return validated(cls, data)


def _filled(entrant: Any, index: int) -> Any:
    if not isinstance(entrant, dict) or not isinstance(entrant.get("name"), str):
        return entrant
    try:
        kind = optimizer(entrant["name"])
    except Refusal as refused:
        raise Refusal(refused.sentence, field=f"optimizers.{index}.name") from None
    if kind.training is None:
        known = ", ".join(str(each.model_fields["name"].default) for each in TRAINABLE)
        raise Refusal(
            f"Expected an optimizer that trains networks ({known}), got “{entrant['name']}”: "
            "pick one of them.",
            field=f"optimizers.{index}.name",
        )
    return {**kind.training, **entrant}


def _entry(entrant: Optimizer) -> dict[str, Any]:
    schedule = {} if entrant.schedule is None else {"schedule": entrant.schedule.model_dump()}
    return {"name": entrant.name, **entrant.trained_with(), **schedule}


def _entrant(name: str) -> Optimizer:
    kind = optimizer(name)
    return kind.model_validate(kind.training or {})
