"""An entrant as a script in plain torch, which gives the same losses when it is run."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.optimizers import Optimizer
from core.training.job import Job

TEMPLATE = '''"""{title} as entrant {entrant} of a Thalweg race, in plain torch.

Run it in Thalweg's folder, with its environment: python {file}
Images and their order are the race's own; the losses are those of its log, digit for digit on the
machine of the race. Prints a line `step loss` for every minibatch.{way}
"""

import inspect

import torch
from torch.nn import functional

from core.training import Job
from core.training.batches import Batches
from core.training.control import Control
from core.training.data import dataset
from core.training.model import build
from core.training.networks import network


def made(kind, **settings):
    """Make an optimizer in the form that the race uses: fused, or all weights in one call."""
    fused = device.type == "cpu" and "fused" in inspect.signature(kind).parameters
    return kind(model.parameters(), **settings, **{{"fused" if fused else "foreach": True}})


torch.set_num_threads(1)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
job = Job.read({job!r})

loading = dataset(job.dataset).load(Control().check_stop)
while True:
    try:
        next(loading)
    except StopIteration as loaded:
        images = loaded.value
        break
batches = Batches(job, dataset(job.dataset), images, device)
model = build(network(job.network), job.seed).to(device, memory_format=torch.channels_last)
optimizer = {call}
{rates}
for step in range(batches.total):
{turns}    x, y = batches.batch(step)
    optimizer.zero_grad()
    loss = functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
{told}'''

FORKED = """
It was forked under way: the steps before, which are its parents', are made first and not printed.
It stands for the steps that the race has made with it; a race that ended early has fewer."""
CHANGED = """
Hyperparameters were changed under way, and are changed here at the same steps."""
RATE = """    if rates is not None:
        optimizer.param_groups[0]["lr"] = float(rates[step])
"""


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of an entrant's way: once `step` minibatches are consumed, by this declaration.

    `fresh`: its optimizer begins there with nothing gathered; else it takes other values alone.
    """

    step: int
    declaration: Optimizer
    fresh: bool


def script(job: Job, entrant: int, way: Sequence[Leg] | None = None, begins: int = 0) -> str | None:
    """Write the script of one entrant; None where a step is more than `optimizer.step()`.

    `way` says what it came by, from the first minibatch on, its parents' legs included (None: all
    of it by the job's declaration); `begins` is the step after which its own losses begin.
    """
    declaration, repeat = job.lanes[entrant]
    legs = way or [Leg(0, declaration, True)]
    first, *later = legs
    if not all(repeatable(leg.declaration) for leg in legs):
        return None
    scheduled = any(leg.declaration.schedule is not None for leg in legs)
    declared = tuple(leg.declaration for leg in legs)
    last = declared[-1]
    changed = any(not leg.fresh and leg.step > begins for leg in later)
    turns = "".join(_turn(leg, at, scheduled) for at, leg in enumerate(later, 1))
    own = {"optimizers": declared, "seed": job.seed + repeat, "repeats": 1, "forks": ()}
    print_ = "print(step + 1, loss.item())\n"
    return TEMPLATE.format(
        title=last.title,
        entrant=entrant,
        file=f"{last.name}.py",
        way=(FORKED if begins else "") + (CHANGED if changed else ""),
        job=job.model_copy(update=own).model_dump(mode="json"),
        call=_call(first.declaration),
        rates="rates = job.optimizers[0].rates(batches.total)\n" if scheduled else "",
        turns=turns + (RATE if scheduled else ""),
        told=f"    if step >= {begins}:\n        {print_}" if begins else f"    {print_}",
    )


def repeatable(declaration: Optimizer) -> bool:
    """Tell whether plain torch takes the same steps with one call of `optimizer.step()` each."""
    twin = declaration.torch()
    return twin is not None and twin.path.startswith("torch.optim.")


def _turn(leg: Leg, at: int, scheduled: bool) -> str:
    """Write what happens where a leg begins; `at` is its place in the script's job."""
    twin = leg.declaration.torch()
    assert twin is not None  # it is repeatable
    action = (
        f"optimizer = {_call(leg.declaration)}"
        if leg.fresh
        else f"optimizer.param_groups[0].update({twin.arguments!r})"
    )
    rates = f"        rates = job.optimizers[{at}].rates(batches.total)\n" if scheduled else ""
    return f"    if step == {leg.step}:\n        {action}\n{rates}"


def _call(declaration: Optimizer) -> str:
    twin = declaration.torch()
    assert twin is not None  # it is repeatable
    spelt = ", ".join(f"{key}={value!r}" for key, value in twin.arguments.items())
    return f"made({twin.path}, {spelt})"
