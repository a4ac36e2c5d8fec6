"""The race: several optimizers train the same network, in turns, told as a stream of events."""

import copy
import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import nn

from core.training.batches import Batches
from core.training.control import Control, Interrupted
from core.training.data import dataset
from core.training.entrant import Entrant, Event
from core.training.job import Job
from core.training.model import build
from core.training.networks import network

SLICE = 0.08  # seconds of an entrant's turn: curves grow side by side, messages stay few


def train(
    job: Job, entrants: Sequence[int] | None = None, control: Control | None = None
) -> Iterator[Event]:
    """Run a race and yield its events, the last of them `finished` or `stopped`.

    `entrants` are indices into `job.optimizers` (None: all), `control` pauses and stops from
    another thread. The same job gives the same numbers on the same machine, apart from seconds
    and from how many steps share an event. Raises Refusal when the images cannot be had.
    """
    control = control or Control()
    chosen = range(len(job.optimizers)) if entrants is None else entrants
    field: list[Entrant] = []
    with _one_thread():
        try:
            field = yield from _line_up(job, chosen, control)
            yield from _run(field, control)
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
    job: Job, chosen: Sequence[int], control: Control
) -> Generator[Event, None, list[Entrant]]:
    """Fetch the images, make the entrants, and tell what starts and from where."""
    declared = dataset(job.dataset)
    images = yield from declared.load(control.check_stop)
    batches = Batches(job, declared, images, device())
    model = build(network(job.network), job.seed)
    field = [Entrant(at, job.optimizers[at], copy.deepcopy(model), batches) for at in chosen]
    yield {
        "type": "started",
        "device": device_name(),
        "clock": "CPU seconds" if batches.device.type == "cpu" else "seconds",
        "workers": 1,
        "fingerprint": _fingerprint(model, batches),
        "parameters": network(job.network).parameters,
        "steps_per_epoch": batches.per_epoch,
        "steps": batches.total,
        "epochs": job.epochs,
        "train": batches.train_count,
        "validation": batches.validation_count,
        "test": batches.test_count,
        "data": images.sentence,
        "entrants": [
            {
                "entrant": each.index,
                "name": each.declaration.name,
                "title": each.declaration.title,
                "hyperparameters": each.declaration.trained_with(),
            }
            for each in field
        ],
    }
    loss, accuracy = batches.evaluate(model.to(batches.device), control)
    for each in field:  # they share the initial weights, and so this first result
        yield each.evaluated(loss, accuracy)
    return field


def _run(field: list[Entrant], control: Control) -> Iterator[Event]:
    """Let the entrants take turns until none is left; one step each at first, to show them all."""
    budget = 0.0
    while running := [each for each in field if not each.over]:
        for each in running:
            yield from _turn(each, budget, control)
            if control.paused:
                yield {"type": "paused", "step": {each.index: each.step for each in field}}
                control.wait()
                if not control.stopped:
                    yield {"type": "resumed"}
            if control.stopped:
                raise Interrupted
        budget = SLICE


def _turn(entrant: Entrant, budget: float, control: Control) -> Iterator[Event]:
    """Let one entrant train for a slice, and evaluate it where that is due."""
    batches = entrant.batches
    due = (entrant.step // batches.evaluate_every + 1) * batches.evaluate_every
    epoch = entrant.step // batches.per_epoch
    yield from entrant.advance(budget, min(due, batches.total), control)
    if entrant.over:
        return
    if entrant.step >= min(due, batches.total):
        yield entrant.evaluate(control)
    if entrant.step // batches.per_epoch > epoch and not entrant.over:
        yield entrant.epoch()
    if entrant.step >= batches.total and not entrant.over:
        if batches.test_count:
            yield entrant.tested(control)
        yield entrant.done()


def _fingerprint(model: nn.Module, batches: Batches) -> str:
    """Hash the initial weights and the batch order: equal for all workers of a race."""
    state = hashlib.sha256(batches.digest())
    for p in model.parameters():
        state.update(p.detach().numpy().tobytes())
    return state.hexdigest()[:8]


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
