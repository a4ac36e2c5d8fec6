"""Races: worker processes, the log of their events, and the queue in front of them."""
