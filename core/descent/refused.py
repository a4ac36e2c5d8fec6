"""The sentences of refusals, shared with training: see `core.refused`."""

from core.refused import refusal

__all__ = ["refusal"]
