"""The names in a formula: which are parameters, and which nobody knows."""

from collections.abc import Mapping, Sequence
from math import isfinite

from core.formula import limits
from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.parser import nearest
from core.formula.syntax import Name, Tree, children
from core.formula.tokens import NAME
from core.refusal import Refusal


def free_parameters(tree: Tree, variables: Sequence[str]) -> dict[str, float]:
    """Every name that is neither variable nor constant, in order of appearance, with value 1."""
    known = {*variables, *CONSTANTS}
    found = dict.fromkeys((each.name for each in _names(tree) if each.name not in known), 1.0)
    if len(found) > limits.PARAMETERS:
        raise Refusal(
            f"Expected at most {limits.PARAMETERS} parameters, got {len(found)}: "
            f"{', '.join(list(found)[:3])}, … Write numbers for some of them."
        )
    return found


def _names(tree: Tree) -> list[Name]:
    """All names, left to right."""
    if isinstance(tree, Name):
        return [tree]
    return [name for child in children(tree) for name in _names(child)]


def check_parameters(parameters: Mapping[str, float], variables: Sequence[str]) -> None:
    """Refuse names that cannot be parameters, and values that are no numbers."""
    if len(parameters) > limits.PARAMETERS:
        raise Refusal(
            f"Expected at most {limits.PARAMETERS} parameters, got {len(parameters)}. "
            "Write numbers for some of them.",
            field="parameters",
        )
    for name, value in parameters.items():
        if not NAME.fullmatch(name) or len(name) > limits.NAME_CHARACTERS:
            raise Refusal(
                f"Expected a parameter name of letters, digits and _, got “{name[:24]}”. "
                f"Begin with a letter and use at most {limits.NAME_CHARACTERS} characters.",
                field="parameters",
            )
        if name in variables or name in CONSTANTS or name in FUNCTIONS:
            raise Refusal(
                f"Expected a parameter name that is not taken, got “{name}”. Choose another name.",
                field=f"parameters.{name}",
            )
        if not isfinite(value):
            raise Refusal(
                f"Expected a finite number for {name}, got {value}. Give one.",
                field=f"parameters.{name}",
            )


def check_names(tree: Tree, parameters: Mapping[str, float], variables: Sequence[str]) -> None:
    """Refuse a formula that uses a name nobody declared, with its place and the nearest one."""
    known = [*variables, *parameters, *CONSTANTS]
    for name in _names(tree):
        if name.name not in known:
            raise Refusal(
                f"Expected one of the names {', '.join(known)}, got “{name.name}” at character "
                f"{name.start + 1}.{nearest(name.name, known) or ' Use one of those.'}",
                position=name.start,
            )
