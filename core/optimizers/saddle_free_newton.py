"""Saddle-free Newton: curvature counts by its size alone, so that saddles repel."""

from typing import ClassVar, Literal

from core.optimizers.abi import Addresses, Reals, kernel
from core.optimizers.arrival import arrive, hessian, value_and_gradient
from core.optimizers.base import Family, Need, Optimizer
from core.optimizers.noise import noise
from core.optimizers.spectrum import spectrum
from core.parameter import hyperparameter


@kernel
def run(
    S: Addresses, p: Reals, h: Reals, x: float, y: float, steps: int, rule: Reals, out: Reals
) -> int:
    """Walk down; see `core.optimizers.abi` for the arguments."""
    lr, damping = h[0], h[1]
    for k in range(steps + 1):
        f, gx, gy = value_and_gradient(S, p, x, y, k)
        if arrive(S, p, rule, out, steps, k, x, y, f, gx, gy, 0, k, k):
            return k
        nx, ny = noise(rule, k)
        gx, gy = gx + nx, gy + ny
        hxx, hxy, hyy = hessian(S, p, x, y, k)
        low, high, c, s = spectrum(hxx, hxy, hyy)
        # The step in the Hessian's own axes, (−s, c) of the lower and (c, s) of the higher λ.
        a = lr * (c * gy - s * gx) / (abs(low) + damping)
        b = lr * (c * gx + s * gy) / (abs(high) + damping)
        x -= c * b - s * a
        y -= s * b + c * a
    return steps


class SaddleFreeNewton(Optimizer):
    """θ ← θ − η (|H| + ε I)⁻¹ ∇f(θ), where |H| has the eigenvectors of H and its |λ|."""

    name: Literal["saddle_free_newton"] = "saddle_free_newton"
    lr: float = hyperparameter(1, 0.01, 2, r"\eta", "part of the step that is taken", "log")
    damping: float = hyperparameter(
        1e-6, 1e-12, 100, r"\varepsilon", "curvature added everywhere: shorter steps", "log"
    )

    title: ClassVar[str] = "Saddle-free Newton"
    short: ClassVar[str] = "SFN"
    family: ClassVar[Family] = "newton"
    formula: ClassVar[str] = (
        r"\theta_{t+1} = \theta_t - \eta "
        r"\left(|\nabla^2 f(\theta_t)| + \varepsilon I\right)^{-1} \nabla f(\theta_t), \quad "
        r"|Q \Lambda Q^\top| = Q |\Lambda| Q^\top"
    )
    reference: ClassVar[str] = (
        "Dauphin et al., Identifying and attacking the saddle point problem in high-dimensional "
        "non-convex optimization, NeurIPS 2014"
    )
    needs: ClassVar[frozenset[Need]] = frozenset({"gradient", "hessian"})
    kernel = run
