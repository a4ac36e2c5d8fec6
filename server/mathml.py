"""LaTeX to MathML, each text once: browsers show MathML as it is, without any script."""

from functools import cache

from latex2mathml.converter import convert


@cache
def mathml(latex: str) -> str:
    """Turn LaTeX into one `<math>` element; an empty text stays empty."""
    return str(convert(latex)) if latex else ""
