"""The learning-rate schedules, one file each, in the order in which they are listed everywhere.

A schedule is a table of factors, one per step, that the kernels of the methods that have a learning
rate at every step read beside the stopping rule (`core.optimizers.scheduled`).
"""

from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from core.optimizers.schedules.base import Factors, Schedule
from core.optimizers.schedules.constant import Constant
from core.optimizers.schedules.cosine import Cosine
from core.optimizers.schedules.exponential import Exponential
from core.optimizers.schedules.inverse_time import InverseTime
from core.optimizers.schedules.step import Step
from core.optimizers.schedules.warmup import Warmup

SCHEDULES: tuple[type[Schedule], ...] = (Constant, Exponential, Step, InverseTime, Cosine, Warmup)

if TYPE_CHECKING:
    AnySchedule = Schedule
else:  # told apart by `name`, made of the tuple so that one word is enough
    AnySchedule = Annotated[Union[SCHEDULES], Field(discriminator="name")]  # noqa: UP007

__all__ = ["SCHEDULES", "AnySchedule", "Factors", "Schedule"]
