"""Deal the entrants of a race out to workers."""

from core.training.job import Job


def assign(job: Job, workers: int) -> list[list[int]]:
    """Give each worker its entrants, as indices into `job.optimizers`, so that all end together.

    The dearest entrant goes first, each to the worker with the least work so far. Workers that
    would have nothing to do get no list, so there may be fewer lists than workers.
    """
    costs = [each.training_cost for each in job.optimizers]
    hands: list[list[int]] = [[] for _ in range(min(workers, len(costs)))]
    for entrant in sorted(range(len(costs)), key=lambda index: -costs[index]):
        min(hands, key=lambda hand: sum(costs[index] for index in hand)).append(entrant)
    return [sorted(hand) for hand in hands]
