"""The loop that anybody would write: one network, one torch optimizer, resident float32 images.

Run as a program it trains once for every line on stdin, and answers with the last loss.
"""

import sys

import numpy as np
import torch
from torch.nn import functional

from core.training import Job
from core.training.data.shapes import VERSION, Shapes, draw
from core.training.data.store import keep
from core.training.model import build
from core.training.networks import network

MAKE = {
    "momentum": lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, fused=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.001),
    "adam": lambda p: torch.optim.Adam(p, lr=0.001, fused=True),
}
JOB = Job.read({"epochs": 1, "optimizers": [{"name": name} for name in MAKE]})
EVERY = 32  # steps between two evaluations, as in the race


Images = tuple[torch.Tensor, torch.Tensor]


def images(name: str, count: int, part: str) -> Images:
    """Read and normalise: float32 (n, 3, 32, 32), channels last, and labels."""
    records = keep(name, lambda: draw(count, part))
    planes = records[:, 1:].reshape(-1, 3, 32, 32)
    x = torch.from_numpy(planes.astype(np.float32)).div_(255)
    x.sub_(torch.tensor(Shapes.mean).view(3, 1, 1)).div_(torch.tensor(Shapes.std).view(3, 1, 1))
    y = torch.from_numpy(records[:, 0].astype(np.int64))
    return x.contiguous(memory_format=torch.channels_last), y


@torch.inference_mode()
def accuracy(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Look at all of these images, and their loss too."""
    right = 0
    for part, truth in zip(x.split(256), y.split(256), strict=True):
        logits = model(part)
        functional.cross_entropy(logits, truth)
        right += int((logits.argmax(1) == truth).sum())
    return right / len(x)


def train(name: str, x: torch.Tensor, y: torch.Tensor, test: Images) -> float:
    """Train once, evaluate on the way as the race does, and test at the end."""
    held_x, held_y, x, y = x[:1024], y[:1024], x[1024:], y[1024:]
    model = build(network("paper"), 0).to(memory_format=torch.channels_last)
    optimizer = MAKE[name](model.parameters())
    random = np.random.default_rng(0)
    losses: list[float] = []
    seen: list[float] = []
    for _ in range(JOB.epochs):
        order = torch.from_numpy(random.permutation(len(x)))
        for batch in order.split(JOB.batch_size):
            loss = functional.cross_entropy(model(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            if len(losses) % EVERY == 0:
                seen.append(accuracy(model, held_x, held_y))
    seen.append(accuracy(model, *test))
    return losses[-1]


def main() -> None:
    torch.set_num_threads(1)
    for _ in sys.stdin:
        x, y = images(f"shapes-{VERSION}", 5120, "train")
        test = images(f"shapes-{VERSION}-test", 1024, "test")
        print(*(f"{train(name, x, y, test):.4f}" for name in MAKE), flush=True)


if __name__ == "__main__":
    main()
