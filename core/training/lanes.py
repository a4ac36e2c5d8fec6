"""The entrants of a race by number: every optimizer once in each repeat, then those that forked.

An entrant's number is its place in this list, so it is the same for whoever has the request. No
torch here.
"""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Lane(NamedTuple, Generic[T]):
    """One entrant: what trains it, and in which repeat, from 0, which is added to the seed."""

    optimizer: T
    repeat: int


def lanes(optimizers: Sequence[T], repeats: int, forks: Sequence[int] = ()) -> list[Lane[T]]:
    """List the entrants; the last of `optimizers` joined as forks, in the repeats that they say.

    Repeat 0 comes first, with all its optimizers in their order, so that a race without repeats
    numbers its entrants as it lists its optimizers.
    """
    asked = len(optimizers) - len(forks)
    whole = [Lane(each, repeat) for repeat in range(repeats) for each in optimizers[:asked]]
    joined = [Lane(each, at) for each, at in zip(optimizers[asked:], forks, strict=True)]
    return [*whole, *joined]
