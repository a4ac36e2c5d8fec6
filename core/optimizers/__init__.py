"""The optimizers, one file each, in the order in which they are listed everywhere."""

from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from core.optimizers.adadelta import Adadelta
from core.optimizers.adagrad import Adagrad
from core.optimizers.adahessian import AdaHessian
from core.optimizers.adam import Adam
from core.optimizers.adamax import Adamax
from core.optimizers.adamw import AdamW
from core.optimizers.amsgrad import AMSGrad
from core.optimizers.backtracking import Backtracking
from core.optimizers.barzilai_borwein import BarzilaiBorwein
from core.optimizers.base import Optimizer, Stability, TorchTwin
from core.optimizers.bfgs import Bfgs
from core.optimizers.damped_newton import DampedNewton
from core.optimizers.dfp import Dfp
from core.optimizers.exact_line_search import ExactLineSearch
from core.optimizers.fletcher_reeves import FletcherReeves
from core.optimizers.gradient_descent import GradientDescent
from core.optimizers.lbfgs import Lbfgs
from core.optimizers.lion import Lion
from core.optimizers.momentum import Momentum
from core.optimizers.nadam import Nadam
from core.optimizers.nesterov import Nesterov
from core.optimizers.newton import Newton
from core.optimizers.polak_ribiere import PolakRibiere
from core.optimizers.radam import RAdam
from core.optimizers.rmsprop import RMSprop
from core.optimizers.rprop import Rprop
from core.optimizers.saddle_free_newton import SaddleFreeNewton
from core.optimizers.sr1 import Sr1
from core.optimizers.trust_region import TrustRegion
from core.refusal import Refusal

OPTIMIZERS: tuple[type[Optimizer], ...] = (
    GradientDescent,
    Momentum,
    Nesterov,
    Rprop,
    Lion,
    Adagrad,
    RMSprop,
    Adadelta,
    Adam,
    AdamW,
    AMSGrad,
    Adamax,
    Nadam,
    RAdam,
    AdaHessian,
    BarzilaiBorwein,
    Backtracking,
    ExactLineSearch,
    FletcherReeves,
    PolakRibiere,
    Newton,
    DampedNewton,
    SaddleFreeNewton,
    TrustRegion,
    Sr1,
    Dfp,
    Bfgs,
    Lbfgs,
)

if TYPE_CHECKING:
    AnyOptimizer = Optimizer
else:  # the union that pydantic tells apart by `name`, made of the tuple so that one word is enough
    AnyOptimizer = Annotated[Union[OPTIMIZERS], Field(discriminator="name")]  # noqa: UP007

_BY_NAME = {each.model_fields["name"].default: each for each in OPTIMIZERS}
NAMES: tuple[str, ...] = tuple(_BY_NAME)


def optimizer(name: str) -> type[Optimizer]:
    """Find an optimizer's class by its name; an unknown one is refused."""
    if name not in _BY_NAME:
        known = ", ".join(NAMES)
        raise Refusal(f"Expected an optimizer among {known}; got “{name}”.", field="name")
    return _BY_NAME[name]


__all__ = [
    "NAMES",
    "OPTIMIZERS",
    "AnyOptimizer",
    "Optimizer",
    "Stability",
    "TorchTwin",
    "optimizer",
]
