"""A request in, its trajectories out."""

from dataclasses import replace
from math import isfinite
from time import perf_counter

from core.descent.endings import eigenvalues, ending
from core.descent.inspection import inspect
from core.descent.landscape import landscape
from core.descent.measures import measured
from core.descent.native import Ground
from core.descent.request import Request
from core.descent.rule import Rule
from core.descent.trajectory import Descent, StartFacts, Trajectory
from core.optimizers import Optimizer
from core.refusal import Refusal


def run(request: Request) -> Descent:
    """Run every optimizer of the request; the interpreter's lock is released meanwhile."""
    began = perf_counter()
    surface = landscape(request.surface)
    ground = surface.ground
    jet = ground.evaluate(*request.start)
    start = StartFacts(jet[0], (jet[1], jet[2]), eigenvalues(jet))
    size = checked(request.batch_size, surface.title, surface.rows)
    rule = Rule(request.tolerance, request.view or surface.view, request.noise, request.seed, size)
    walked = ground.in_batches(size, request.seed)
    trajectories = [
        follow(walked, optimizer, request.start, request.steps, rule, start.eigenvalues[1])
        for optimizer in request.optimizers
    ]
    if request.inspect is not None:
        chosen = trajectories[request.inspect]
        disturbed = request.noise > 0 or size > 0
        seen = inspect(ground, chosen.optimizer, chosen.rows, chosen.rates, disturbed)
        trajectories[request.inspect] = replace(chosen, inspection=seen)
    if request.measure is not None:
        minima = surface.facts.minima
        trajectories = [
            replace(each, measure=measured(request.measure, each.path, minima))
            for each in trajectories
        ]
    grid = None
    if request.grid is not None:
        wanted = request.grid
        grid = ground.grid(wanted.columns, wanted.rows, wanted.view)
    return Descent(surface.facts, start, tuple(trajectories), grid, perf_counter() - began)


def checked(asked: int | None, title: str, rows: int) -> int:
    """Return the size of the minibatches (0: none), refused where the surface has none so large."""
    if asked is None:
        return 0
    if rows == 0:
        raise Refusal(
            f"Expected a surface that is a sum over data for minibatches, got {title}. Leave "
            "batch_size out, or choose a surface with data.",
            field="batch_size",
        )
    if asked > rows:
        raise Refusal(
            f"Expected a batch size from 1 to {rows}, the rows of {title}, got {asked:,}. Take a "
            "smaller one.",
            field="batch_size",
        )
    return asked


def follow(
    ground: Ground,
    optimizer: Optimizer,
    start: tuple[float, float],
    steps: int,
    rule: Rule,
    lambda_max: float,
) -> Trajectory:
    """Run one optimizer; `lambda_max` is the largest eigenvalue of the Hessian at the start."""
    rows, code = ground.run(optimizer, start, steps, rule)
    stability = optimizer.stability_limit(lambda_max) if isfinite(lambda_max) else None
    end = ending(code, rows, optimizer, rule, stability, ground.evaluate)
    rates = optimizer.rates(steps)
    return Trajectory(
        optimizer, rows, end, stability, None if rates is None else rates[: len(rows)]
    )
