"""An entrant as a script in plain torch, which gives the same losses when it is run."""

from core.optimizers import Optimizer
from core.training.job import Job

TEMPLATE = '''"""{title} as entrant {entrant} of a Thalweg race, in plain torch.

Run it in Thalweg's folder, with its environment: python {file}
Images and their order are the race's own; the losses are those of its log, digit for digit on the
machine of the race. Prints a line `step loss` for every minibatch.
"""

import torch
from torch.nn import functional

from core.training import Job
from core.training.batches import Batches
from core.training.control import Control
from core.training.data import dataset
from core.training.model import build
from core.training.networks import network

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

for step in range(batches.total):
    x, y = batches.batch(step)
    optimizer.zero_grad()
    loss = functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    print(step + 1, loss.item())
'''


def script(job: Job, entrant: int) -> str | None:
    """Write the script of one entrant; None where its step is more than `optimizer.step()`."""
    declaration, repeat = job.lanes[entrant]
    call = _call(declaration)
    if call is None:
        return None
    own = {"optimizers": (declaration,), "seed": job.seed + repeat, "repeats": 1}
    only = job.model_copy(update=own).model_dump(mode="json")
    return TEMPLATE.format(
        title=declaration.title,
        entrant=entrant,
        file=f"{declaration.name}.py",
        job=only,
        call=call,
    )


def repeatable(declaration: Optimizer) -> bool:
    """Tell whether plain torch takes the same steps with one call of `optimizer.step()` each."""
    twin = declaration.torch()
    return twin is not None and twin.path.startswith("torch.optim.")


def _call(declaration: Optimizer) -> str | None:
    twin = declaration.torch()
    if twin is None or not repeatable(declaration):
        return None
    settings = {**twin.arguments, "fused": True}
    spelt = ", ".join(f"{key}={value!r}" for key, value in settings.items())
    return f"{twin.path}(model.parameters(), {spelt})"
