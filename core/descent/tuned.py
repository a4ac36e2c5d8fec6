"""Hyperparameters per surface and optimizer."""

TUNED: dict[str, dict[str, dict[str, float]]] = {}
