"""Weight decay, which torch's rules share and surfaces do not have."""

from core.optimizers.base import Optimizer
from core.parameter import hyperparameter


class Decaying(Optimizer):
    """An optimizer that pulls a network's weights towards 0 beside following the gradient."""

    weight_decay: float = hyperparameter(
        0, 0, 1, r"\lambda", "pull of every weight towards 0", network=True
    )
