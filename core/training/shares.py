"""Deal the entrants of a race out to workers."""

from collections.abc import Sequence

from core.training.job import Job


def assign(job: Job, workers: int, entrants: Sequence[int] | None = None) -> list[list[int]]:
    """Give each worker its entrants, as indices into `job.lanes`, so that all end together.

    `entrants` are those still in the race (None: all). The dearest goes first, each to the worker
    with the least work so far. Workers that would have nothing to do get no list, so there may be
    fewer lists than workers.
    """
    costs = [lane.optimizer.training_cost for lane in job.lanes]
    dealt = range(len(costs)) if entrants is None else entrants
    hands: list[list[int]] = [[] for _ in range(min(workers, len(dealt)))]
    for entrant in sorted(dealt, key=lambda index: -costs[index]):
        min(hands, key=lambda hand: sum(costs[index] for index in hand)).append(entrant)
    return [sorted(hand) for hand in hands]
