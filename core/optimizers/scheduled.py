"""The learning rate of one step, where a schedule may change it from step to step."""

from core.optimizers.abi import RULE_SLOTS, SCHEDULED, Reals, helper


@helper
def scheduled(lr: float, rule: Reals, k: int) -> float:
    """Give lr times the schedule's factor of step k; lr itself where there is no schedule.

    The factors stand behind the numbers of the stopping rule, so that a kernel has no argument more
    and a run without a schedule pays for one comparison a step.
    """
    if rule[SCHEDULED] == 0.0:
        return lr
    return lr * rule[RULE_SLOTS + k]
