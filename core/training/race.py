"""The race: several optimizers train the same network, in turns, told as a stream of events."""

import copy
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import torch

from core.training.batches import Seen
from core.training.control import Control, Interrupted
from core.training.costs import LANDSCAPE_IMAGES
from core.training.data import dataset
from core.training.entrant import Entrant, Event, described
from core.training.field import Field
from core.training.job import Job
from core.training.keeper import Keeper
from core.training.landscape import landscape
from core.training.networks import network
from core.training.repeats import Repeat, prepared, together
from core.training.standing import Standing
from core.training.waypoints import Waypoints

SLICE = 0.08  # seconds of an entrant's turn: curves grow side by side, messages stay few


def train(
    job: Job,
    entrants: Sequence[int] | None = None,
    control: Control | None = None,
    keeper: Keeper | None = None,
) -> Iterator[Event]:
    """Run a race and yield its events, the last of them `finished` or `stopped`.

    `entrants` are indices into `job.lanes` (None: all), `control` pauses, stops and orders
    from another thread, `keeper` keeps checkpoints and knows those to go on from. The same job
    gives the same numbers on the same machine, apart from seconds and from how many steps share an
    event, however often it was interrupted. Raises Refusal when the images cannot be had, and
    Unreadable when a fork has no checkpoint left.
    """
    control, keeper = control or Control(), keeper or Keeper()
    chosen = range(len(job.lanes)) if entrants is None else entrants
    field: list[Entrant] = []
    repeats: list[Repeat] = []
    with _one_thread(), _waypoints(job, keeper) as waypoints:
        try:
            yield from _line_up(job, chosen, control, keeper, waypoints, repeats, field)
            yield from _run(Field(job, field, control, keeper))
            yield from _look_around(job, field, repeats[0], waypoints, control)
            yield {"type": "finished"}
        except Interrupted:
            steps = {each.index: each.step for each in field}
            yield {"type": "stopped", "step": steps or dict.fromkeys(chosen, 0)}


def device() -> torch.device:
    """Give the device that networks are trained on: a CUDA one where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def device_name() -> str:
    """Name that device for people."""
    return f"CUDA · {torch.cuda.get_device_name()}" if torch.cuda.is_available() else "CPU"


def _line_up(
    job: Job,
    chosen: Sequence[int],
    control: Control,
    keeper: Keeper,
    waypoints: Waypoints,
    repeats: list[Repeat],
    field: list[Entrant],
) -> Iterator[Event]:
    """Fetch the images, fill `repeats` and `field`, and tell what starts and from where."""
    declared = dataset(job.dataset)
    images = yield from declared.load(control.check_stop)
    repeats += prepared(job, declared, images, device(), waypoints)
    field += [_entrant(job, at, repeats) for at in chosen]
    batches, looks = repeats[0].batches, repeats[0].looks
    assert looks is not None  # the first repeat is looked into
    fingerprints = [each.fingerprint for each in repeats]
    states = {each.index: keeper.newest(each.index, batches.device) for each in field}
    yield {
        "type": "started",
        "device": device_name(),
        "clock": "CPU seconds" if batches.device.type == "cpu" else "seconds",
        "workers": 1,
        "fingerprint": together(fingerprints),
        "fingerprints": fingerprints,
        "parameters": network(job.network).parameters,
        "steps_per_epoch": batches.per_epoch,
        "steps": batches.total,
        "epochs": job.epochs,
        "train": batches.train_count,
        "validation": batches.validation_count,
        "test": batches.test_count,
        "data": images.sentence,
        "classes": declared.classes,
        "strip": looks.strip,
        "from": {index: state["counts"]["step"] if state else 0 for index, state in states.items()},
        "entrants": [
            {"entrant": each.index, "repeat": each.repeat, **described(each.declaration)}
            for each in field
        ],
    }
    first: dict[int, Seen] = {}  # by repeat: its entrants share the initial weights, and so this
    for each in field:
        known = keeper.standing.get(each.index, Standing())
        if state := states[each.index]:
            each.restore(state, known)
        else:
            if each.repeat not in first:
                first[each.repeat] = repeats[each.repeat].first(control)
            yield each.evaluated(first[each.repeat])
            each.head_for(known)
        yield from each.settle(control)


def _entrant(job: Job, at: int, repeats: list[Repeat]) -> Entrant:
    """Make entrant `at` from its own copy of its repeat's network."""
    declaration, number = job.lanes[at]
    repeat = repeats[number]
    model = copy.deepcopy(repeat.model)
    return Entrant(at, declaration, model, repeat.batches, repeat.looks, number)


def _run(field: Field) -> Iterator[Event]:
    """Let the entrants take turns until none is left; one step each at first, to show them all."""
    budget = 0.0
    yield from field.heed()
    while running := field.running:
        for each in running:
            yield from _turn(each, budget, field)
            yield from field.heed()
        budget = SLICE


def _turn(entrant: Entrant, budget: float, field: Field) -> Iterator[Event]:
    """Let one entrant train for a slice, keep it where that is due, and tell what is due."""
    if entrant.over:  # withdrawn while others had their turns
        return
    yield from entrant.advance(budget, entrant.due, field.control)
    # Before it settles, so that a checkpoint that is gone on from settles, and nothing is left out.
    if not entrant.over and field.keeper.due(entrant):
        yield from field.keep(entrant)
    yield from entrant.settle(field.control)


def _look_around(
    job: Job, field: list[Entrant], repeat: Repeat, waypoints: Waypoints, control: Control
) -> Iterator[Event]:
    """Tell the landscape around the paths of the first repeat, where it is asked for.

    Of its shares the last one tells it; a share of other repeats alone has no part in it.
    """
    mine = [each for each in field if each.repeat == 0]
    if not job.landscape or not mine:
        return
    all_ = [index for index, lane in enumerate(job.lanes) if lane.repeat == 0]
    images = repeat.batches.sample(LANDSCAPE_IMAGES)
    yield from landscape(mine[0].learner.model, *images, waypoints, all_, control)


@contextmanager
def _waypoints(job: Job, keeper: Keeper) -> Iterator[Waypoints]:
    """Give the folder of the weights on the way: beside the checkpoints, or one for this run."""
    if not job.landscape:
        yield Waypoints(None, job.epochs)
    elif keeper.folder is not None:
        yield Waypoints(keeper.folder / "waypoints", job.epochs)
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Waypoints(Path(folder), job.epochs)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Train with one thread and full float32: sums, and so curves, do not depend on the machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.deterministic = True
    try:
        yield
    finally:
        torch.set_num_threads(before)
