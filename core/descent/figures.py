"""Numbers as a reader writes them: 0.0013, −1.2, 1.4·10⁻¹⁰, 1,000."""

from math import isfinite

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def figure(value: float, digits: int = 3) -> str:
    """Write a number with `digits` significant figures and a true minus sign."""
    if not isfinite(value):
        return "not a finite number"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if value == 0 or -4 < power < 5:
        text = f"{float(f'{value:.{digits - 1}e}'):,.{max(0, digits - 1 - power)}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        raised = str(power).translate(_RAISED)
        text = (
            f"{mantissa}·10{raised}"
            if mantissa not in ("1", "-1")
            else f"{mantissa[:-1]}10{raised}"
        )
    return text.replace("-", "−")


class Figure(float):
    """A number that is written as a figure only where a sentence asks for it."""

    def __format__(self, specification: str) -> str:
        """Write the number; a specification has no meaning here."""
        return figure(float(self))


class Place(float):
    """A point of the line that is written only where a sentence asks for it."""

    def __format__(self, specification: str) -> str:
        """Write x = 1; a specification has no meaning here."""
        return f"x = {figure(float(self))}"


class Point(tuple[float, float]):
    """A point of the plane that is written only where a sentence asks for it."""

    def __format__(self, specification: str) -> str:
        """Write (x, y); a specification has no meaning here."""
        return f"({figure(self[0])}, {figure(self[1])})"
