"""The entrants of a share on their way, and what a person asks of them between two turns.

An order is `{"command", "id", "entrant", ...}`; it is answered by exactly one event that carries
the id as `order`: what was done, or `refused` with a sentence.

    stop                                   -> withdrawn
    set    hyperparameter, value           -> changed
    fork   at (a step, None: now), new, optimizer -> forked, and a checkpoint of the new entrant
"""

import copy
from collections.abc import Iterator

from core.refusal import Refusal
from core.training.checkpoint import Unreadable
from core.training.control import Control, Interrupted, Order
from core.training.entrant import Entrant, Event
from core.training.job import Job
from core.training.keeper import Keeper
from core.training.model import build
from core.training.networks import network

GONE = (
    "Entrant: expected one that is still in the race, got number {entrant}, which is not; {advice}."
)


class Field:
    """The entrants in the order of their turns; a fork joins at the end."""

    def __init__(self, job: Job, entrants: list[Entrant], control: Control, keeper: Keeper) -> None:
        """Take the entrants as they were lined up; the list grows with forks."""
        self._job = job
        self._entrants = entrants
        self.control = control
        self.keeper = keeper

    @property
    def running(self) -> list[Entrant]:
        """The entrants that are still in the race."""
        return [each for each in self._entrants if not each.over]

    def keep(self, entrant: Entrant) -> Iterator[Event]:
        """Write a checkpoint, where the race has a place for it."""
        told = self.keeper.keep(entrant)
        if told is not None:
            yield told

    def heed(self) -> Iterator[Event]:
        """Do what is asked, sit out a pause, and raise Interrupted when the race is to end."""
        rests = False
        while True:
            while (order := self.control.next_order()) is not None:
                yield from self._obey(order)
            if self.control.stopped:
                raise Interrupted
            if not self.control.paused:
                break
            if not rests:
                rests = True
                for each in self.running:
                    yield from self.keep(each)
                yield {"type": "paused", "step": {each.index: each.step for each in self._entrants}}
            self.control.wait()
        if rests:
            yield {"type": "resumed"}

    def _obey(self, order: Order) -> Iterator[Event]:
        try:
            events = self._done(order)
        except (Refusal, Unreadable) as refused:
            yield {"type": "refused", "order": order["id"], "message": str(refused)}
            return
        first, *rest = events
        yield {**first, "order": order["id"]}
        yield from rest

    def _done(self, order: Order) -> list[Event]:
        """Carry an order out and give its events, the answer first; raises where it cannot be."""
        number = order["entrant"]
        entrant = next((each for each in self._entrants if each.index == number), None)
        match order["command"]:
            case "stop" if entrant in self.running:
                return [entrant.withdraw()]
            case "set" if entrant in self.running:
                return [entrant.change(order["hyperparameter"], order["value"])]
            case "fork" if entrant is not None:
                return self._fork(entrant, order)
        raise Refusal(GONE.format(entrant=number + 1, advice="choose another"))

    def _fork(self, parent: Entrant, order: Order) -> list[Event]:
        """Let a new entrant begin where another one is, or was at a checkpoint."""
        if order["at"] is None:
            state = copy.deepcopy(parent.state())
        else:
            state = self.keeper.read(parent.index, order["at"], parent.batches.device)
        if state["counts"]["step"] >= parent.batches.total or (parent.over and order["at"] is None):
            raise Refusal(GONE.format(entrant=parent.index + 1, advice="fork from a checkpoint"))
        asked = {**self._job.model_dump(mode="json"), "optimizers": [order["optimizer"]]}
        (declaration,) = Job.read(asked).optimizers
        model = build(network(self._job.network), parent.batches.seed)
        child = Entrant(
            order["new"], declaration, model, parent.batches, parent.looks, parent.repeat
        )
        forked = {**child.fork_from(parent, state), "optimizer": order["optimizer"]}
        # It has no other beginning: the checkpoint is on the disk before anybody hears of the fork.
        kept = self.keeper.keep(child)
        if kept is not None and kept["type"] != "checkpoint":
            raise Refusal(kept["message"])
        self._entrants.append(child)
        first = [child.evaluate(self.control), *child.look(self.control)]
        return [forked, *([kept] if kept else []), *first]
