"""A request in, its trajectories out."""

from dataclasses import replace
from math import isfinite
from time import perf_counter

from core.descent.endings import eigenvalues, ending
from core.descent.inspection import inspect
from core.descent.landscape import landscape
from core.descent.native import Ground
from core.descent.request import Request
from core.descent.rule import Rule
from core.descent.trajectory import Descent, StartFacts, Trajectory
from core.optimizers import Optimizer


def run(request: Request) -> Descent:
    """Run every optimizer of the request; the interpreter's lock is released meanwhile."""
    began = perf_counter()
    surface = landscape(request.surface)
    ground = surface.ground
    jet = ground.evaluate(*request.start)
    start = StartFacts(jet[0], (jet[1], jet[2]), eigenvalues(jet))
    rule = Rule(request.tolerance, request.view or surface.view, request.noise, request.seed)
    trajectories = [
        follow(ground, optimizer, request.start, request.steps, rule, start.eigenvalues[1])
        for optimizer in request.optimizers
    ]
    if request.inspect is not None:
        chosen = trajectories[request.inspect]
        seen = inspect(ground, chosen.optimizer, chosen.rows)
        trajectories[request.inspect] = replace(chosen, inspection=seen)
    grid = None
    if request.grid is not None:
        wanted = request.grid
        grid = ground.grid(wanted.columns, wanted.rows, wanted.view)
    return Descent(surface.facts, start, tuple(trajectories), grid, perf_counter() - began)


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
    end = ending(code, rows, optimizer, rule.tolerance, stability, ground.evaluate)
    rates = optimizer.rates(steps)
    return Trajectory(
        optimizer, rows, end, stability, None if rates is None else rates[: len(rows)]
    )
