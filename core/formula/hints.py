"""Where a formula has no value or no derivative, in words.

Signs are inferred from the tree (squares, exponentials, sums of them), so that log(1 + x^2) or
1/(1 + exp(x)) bring no warning.
"""

from collections.abc import Iterator, Sequence

from core.formula.functions import CONSTANTS
from core.formula.syntax import Binary, Call, Minus, Name, Number, Tree, children

POSITIVE, NONNEGATIVE, UNKNOWN = 2, 1, 0
MOST = 6  # more would be read by nobody


def hints(
    tree: Tree, text: str, variables: Sequence[str], parameters: Sequence[str]
) -> tuple[str, ...]:
    """Sentences for the reader of the formula, each said once."""
    found = dict.fromkeys(_domain(tree, text))
    names = {node.name for node in _walk(tree) if isinstance(node, Name)}
    for name in parameters:
        if len(name) > 1 and set(name) <= {*variables, *"abc"}:
            found[f"{name} is read as one parameter; write {'*'.join(name)} for the product."] = (
                None
            )
    for name in variables:
        if name not in names:
            found[f"The formula does not depend on {name}."] = None
    return tuple(found)[:MOST]


def _walk(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in children(tree):
        yield from _walk(child)


def _domain(tree: Tree, text: str) -> Iterator[str]:
    for node in _walk(tree):
        match node:
            case Call("log", of) if _sign(of) < POSITIVE:
                yield f"log needs {_source(of, text)} > 0."
            case Call("sqrt", of) if _sign(of) < POSITIVE:
                u = _source(of, text)
                needs = f"sqrt needs {u} ≥ 0, and" if _sign(of) < NONNEGATIVE else "sqrt"
                yield f"{needs} has no derivative where {u} = 0."
            case Call("asin" | "acos" as name, of):
                yield f"{name} needs −1 ≤ {_source(of, text)} ≤ 1."
            case Call("tan", of) if not isinstance(of, Number):
                yield f"tan has poles where cos({_source(of, text)}) = 0."
            case Call("abs", of) if _sign(of) < POSITIVE:
                yield f"abs has a kink where {_source(of, text)} = 0; its slope there counts as 0."
            case Binary("/", _, below) if _sign(below) < POSITIVE and not _is_constant(below):
                yield f"The formula has no value where {_source(below, text)} = 0."
            case Binary("^", base, exponent):
                yield from _power(base, exponent, text)


def _power(base: Tree, exponent: Tree, text: str) -> Iterator[str]:
    u = _source(base, text)
    if _sign(base) == POSITIVE:
        return
    n = _integer(exponent)
    if n is not None and n < 0:
        yield f"The formula has no value where {u} = 0."
    elif n is None:
        whole = text[base.start : exponent.end]
        if _sign(base) == NONNEGATIVE:
            yield f"{whole} may have no derivative where {u} = 0."
        else:
            yield f"{whole} needs {u} > 0."


def _integer(tree: Tree) -> int | None:
    match tree:
        case Number(value) if value.is_integer():
            return int(value)
        case Minus(of):
            n = _integer(of)
            return None if n is None else -n
    return None


def _is_constant(tree: Tree) -> bool:
    return all(node.name in CONSTANTS for node in _walk(tree) if isinstance(node, Name))


def _sign(tree: Tree) -> int:
    """What is known of the sign of `tree` wherever it has a value."""
    match tree:
        case Number(value):
            return POSITIVE if value > 0 else NONNEGATIVE
        case Name(name):
            return POSITIVE if name in CONSTANTS else UNKNOWN
        case Call("exp" | "cosh", _):
            return POSITIVE
        case Call("abs" | "sqrt", of):
            return max(_sign(of), NONNEGATIVE)
        case Binary("+", left, right):
            both = _sign(left), _sign(right)
            return max(both) if min(both) >= NONNEGATIVE else UNKNOWN
        case Binary("*" | "/", left, right) if left == right:
            return NONNEGATIVE
        case Binary("*" | "/", left, right):
            return min(_sign(left), _sign(right))
        case Binary("^", base, exponent):
            n = _integer(exponent)
            even = n is not None and n % 2 == 0
            return max(_sign(base), NONNEGATIVE if even else UNKNOWN)
    return UNKNOWN


def _source(tree: Tree, text: str) -> str:
    source = " ".join(text[tree.start : tree.end].split())
    return source[1:-1] if _is_bracketed(source) else source


def _is_bracketed(source: str) -> bool:
    """Whether the first bracket closes with the last character, as in (a + b) but not (a)(b)."""
    depth = 0
    for k, character in enumerate(source):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return k > 0 and k == len(source) - 1
    return False
