"""Numbers on their way into JSON, which has no word for those that are not finite."""

import math


def finite(value: float | None) -> float | None:
    """Give the number, or None where it is none."""
    return value if value is not None and math.isfinite(value) else None
