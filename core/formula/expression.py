"""A parsed formula: its tree as typed, its graph, and what can be read off them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from core.formula import limits
from core.formula.data import Data
from core.formula.functions import SIGN
from core.formula.glyphs import derivative, summed
from core.formula.graph import Graph, NoValueError, too_large
from core.formula.hints import hints
from core.formula.jets import Jet, differentiate
from core.formula.lower import lower
from core.formula.mathml import mathml
from core.formula.names import check_names, check_parameters, free_parameters
from core.formula.parser import syntax_tree
from core.formula.present import present, size
from core.formula.syntax import Tree
from core.refusal import Refusal


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A formula in `variables` with named `parameters`.

    `graph` holds the formula's own nodes (all that `root` reaches) and those of its derivatives;
    `jet` names the nodes of value, gradient and Hessian. `values` are the parameters' values given
    to `parse`, 1 where none was. With `data` the formula is one term of a finite sum: what is
    evaluated and shown is the mean over the rows, whose columns the formula names. `quadratic` says
    it is one, by its form and not by its values: no second derivative has a variable in it.
    """

    text: str
    variables: tuple[str, ...]
    parameters: tuple[str, ...]
    values: tuple[float, ...]
    tree: Tree
    graph: Graph
    root: int
    jet: Jet
    quadratic: bool
    data: Data | None = None

    def vector(self, parameters: Mapping[str, float] | Sequence[float] = ()) -> NDArray[np.float64]:
        """Parameter values as native code reads them: (max(1, n),), in the order of `parameters`.

        By name (missing ones keep the value they were parsed with) or all of them in order. Behind
        them stand a sum's rows, after two zeros: no minibatch, and its seed.
        """
        if isinstance(parameters, Mapping):
            known = dict(zip(self.parameters, self.values, strict=True))
            ordered = [parameters.get(name, known[name]) for name in self.parameters]
        else:
            ordered = list(parameters) or list(self.values)
        if len(ordered) != len(self.parameters):
            raise Refusal(
                f"Expected {len(self.parameters)} parameter values, got {len(ordered)}. "
                f"Give one for each of {', '.join(self.parameters) or 'none'}."
            )
        if self.data is not None:
            return np.array([*ordered, 0.0, 0.0, *self.data.numbers], np.float64)
        return np.array(ordered or [0.0], np.float64)

    def mathml(self, symbols: Mapping[str, str] | None = None) -> str:
        """The formula as typed, one `<math>` element; `symbols` renames parameters for display."""
        return self._shown(mathml(self.tree, symbols))

    def gradient_mathml(self, symbols: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The first derivatives, in the order of the variables."""
        return tuple(
            self._derivative(at, (name,), symbols)
            for at, name in zip(self.jet.first, self.variables, strict=True)
        )

    def hessian_mathml(self, symbols: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """The upper triangle of the Hessian, row by row: xx, xy, yy."""
        pairs = combinations_with_replacement(self.variables, 2)
        return tuple(
            self._derivative(at, pair, symbols)
            for at, pair in zip(self.jet.second, pairs, strict=True)
        )

    def hints(self) -> tuple[str, ...]:
        """Sentences on where the formula has no value or no derivative."""
        return hints(self.tree, self.text, self.variables, (*self.parameters, *self._columns))

    @property
    def _columns(self) -> tuple[str, ...]:
        return self.data.columns if self.data else ()

    def _shown(self, one: str) -> str:
        return one if self.data is None else summed(one, len(self.data.rows))

    def _derivative(
        self, at: int, order: tuple[str, ...], symbols: Mapping[str, str] | None
    ) -> str:
        operations = size(self.graph, at)
        if operations > limits.SHOWN_NODES:
            return derivative(order, operations)
        return self._shown(mathml(present(self.graph, at), symbols))

    def structure(self) -> tuple[object, ...]:
        """What the native code depends on: equal for formulas that differ in spelling alone."""
        order = self.graph.reach(self.jet.outputs)
        place = {at: k for k, at in enumerate(order)}
        names = (*self.variables, *self.parameters, *self._columns)
        slots = {name: k for k, name in enumerate(names)}
        nodes = tuple(
            (node.kind, *(place[a] for a in node.arguments), slots.get(node.name), node.value)
            for node in (self.graph.nodes[at] for at in order)
        )
        loop = (len(self.parameters), len(self.data.rows)) if self.data else None
        return nodes, tuple(place[at] for at in self.jet.outputs), len(self._columns), loop


def parse(
    text: str,
    parameters: Mapping[str, float] | None = None,
    variables: Sequence[str] = ("x", "y"),
    data: Data | None = None,
) -> Expression:
    """Text to Expression, or a Refusal with the position of the fault (from 0).

    Without `parameters` every name that is no variable becomes one, in order of appearance, with
    value 1; with them, an unknown name is refused. `data` makes the text one term of a finite sum,
    and needs `parameters`.
    """
    tree = syntax_tree(text)
    columns = dict.fromkeys(data.columns if data else (), 0.0)
    if parameters is None:
        parameters = free_parameters(tree, variables)
    else:
        known = {**parameters, **columns}
        check_parameters(known, variables)
        check_names(tree, known, variables)
    graph, root = lower(tree, text, variables)
    try:
        jet = differentiate(graph, root, tuple(variables))[root]
    except NoValueError:
        raise Refusal(
            "Expected derivatives that exist, got a constant part without a value: an overflow, a "
            "division by zero or the logarithm of a negative number. Change the constants."
        ) from None
    if (size := len(graph.reach(jet.outputs))) > limits.GRAPH_NODES:
        raise too_large(size)
    bends = {graph.nodes[at].kind for at in graph.reach(jet.second)}
    slopes = {graph.nodes[at].kind for at in graph.reach(jet.first)}
    quadratic = "variable" not in bends and SIGN.name not in slopes  # |x| bends at its kink alone
    values = tuple(float(value) for value in parameters.values())
    return Expression(
        text, tuple(variables), tuple(parameters), values, tree, graph, root, jet, quadratic, data
    )
