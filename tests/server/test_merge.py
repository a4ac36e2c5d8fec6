"""Two shares of a race become one story, whatever the order in which they speak."""

import itertools
import random
from typing import Any

from server.races.ledger import Ledger
from server.races.merge import ATTEMPTS, Merge

Event = dict[str, Any]


def started(*entrants: int, fingerprint: str = "0badcafe") -> Event:
    return {
        "type": "started",
        "fingerprint": fingerprint,
        "workers": 1,
        "entrants": [{"entrant": each} for each in entrants],
    }


def steps(entrant: int, step: int) -> Event:
    told = {"seconds": 1.0, "gradients": step}
    return {"type": "steps", "entrant": entrant, "step": [step], "loss": [1.0], **told}


def finished() -> Event:
    return {"type": "exit", "outcome": "finished"}


def merged(*shares: list[int]) -> Merge:
    """A race of as many entrants as the shares hold."""
    entrants = sum(len(share) for share in shares)
    return Merge(shares, Ledger({"optimizers": [{"name": "adam"}] * entrants}))


def tell(merge: Merge, *said: tuple[int, Event]) -> list[Event]:
    return [event for share, words in said for event in merge.hear(share, words)]


def running() -> Merge:
    merge = merged([0, 2], [1])
    tell(merge, (0, started(0, 2)), (1, started(1)))
    return merge


def test_the_start_is_told_once_and_before_everything_else() -> None:
    merge = merged([0, 2], [1])
    told = tell(merge, (0, started(0, 2)), (0, steps(0, 1)), (0, steps(2, 1)))
    assert told == []
    assert merge.state == "queued"
    told = tell(merge, (1, started(1)))
    assert [event["type"] for event in told] == ["started", "steps", "steps"]
    assert [each["entrant"] for each in told[0]["entrants"]] == [0, 1, 2]
    assert told[0]["workers"] == 2
    assert merge.state == "running"


def test_a_download_is_told_before_the_start() -> None:
    download = {"type": "download", "done": 3, "total": 9}
    assert tell(merged([0], [1]), (0, download)) == [download]


def test_different_fingerprints_end_the_race() -> None:
    merge = merged([0], [1])
    tell(merge, (0, started(0)), (1, started(1, fingerprint="other")))
    assert merge.broken
    (end,) = tell(merge, (0, {"type": "exit", "outcome": "stopped"}), (1, finished()))
    assert end["type"] == "failed"
    assert "fingerprints" in end["message"]


def test_a_pause_is_told_once_all_agree() -> None:
    merge = running()
    tell(merge, (0, steps(0, 4)), (0, steps(2, 3)))
    assert tell(merge, (0, {"type": "paused", "step": {"0": 4, "2": 3}})) == []
    assert tell(merge, (1, steps(1, 5)))[0]["type"] == "steps"
    (told,) = tell(merge, (1, {"type": "paused", "step": {"1": 5}}))
    assert told == {"type": "paused", "step": {"0": 4, "1": 5, "2": 3}}
    assert merge.state == "paused"
    assert tell(merge, (0, {"type": "resumed"})) == []
    assert tell(merge, (1, {"type": "resumed"})) == [{"type": "resumed"}]
    assert merge.state == "running"


def test_a_share_that_is_over_agrees_with_a_pause() -> None:
    merge = running()
    tell(merge, (0, {"type": "paused", "step": {}}))
    assert tell(merge, (1, finished()))[0]["type"] == "paused"
    merge = running()
    tell(merge, (1, finished()))
    assert tell(merge, (0, {"type": "paused", "step": {}}))[0]["type"] == "paused"


def test_endings() -> None:
    stopped = {"type": "exit", "outcome": "stopped"}
    failed = {"type": "exit", "outcome": "failed", "message": "No images."}
    cases = [
        (finished(), finished(), {"type": "finished"}),
        (finished(), stopped, {"type": "stopped", "step": {"0": 7, "1": 0, "2": 0}}),
        (stopped, stopped, {"type": "stopped", "step": {"0": 7, "1": 0, "2": 0}}),
        (failed, stopped, {"type": "failed", "message": "No images."}),
    ]
    for first, second, end in cases:
        merge = running()
        tell(merge, (0, steps(0, 7)))
        assert tell(merge, (0, first)) == []
        assert tell(merge, (1, second)) == [end]
        assert merge.state == end["type"]
    lost = {"type": "exit", "outcome": "lost", "message": "could not be had: it has no torch"}
    merge = running()
    (end,) = tell(merge, (1, lost), (0, stopped))
    assert end["message"] == "Worker 2 could not be had: it has no torch. Start the race again."


DIED = {"type": "exit", "outcome": "died", "message": "was killed by SIGSEGV"}


def test_a_share_whose_worker_died_goes_on_and_repeats_nothing() -> None:
    merge = running()
    tell(merge, (0, steps(0, 1)), (0, steps(0, 2)), (1, steps(1, 1)))
    (told,) = tell(merge, (0, DIED))
    assert told == {
        "type": "interrupted",
        "entrants": [0, 2],
        "message": "Worker 1 was killed by SIGSEGV. Its entrants go on from their checkpoints.",
    }
    assert merge.again == {0}
    assert merge.state == "running"
    (told,) = tell(merge, (0, {**started(0, 2), "from": {"0": 1, "2": 0}}))
    assert told == {"type": "continued", "from": {"0": 1, "2": 0}}
    assert tell(merge, (0, steps(0, 2))) == []
    assert tell(merge, (0, steps(0, 3))) == [steps(0, 3)]
    assert tell(merge, (0, finished()), (1, finished())) == [{"type": "finished"}]


def test_a_death_before_all_have_started_repeats_nothing_either() -> None:
    merge = merged([0], [1])
    assert tell(merge, (0, started(0)), (0, steps(0, 1)), (0, steps(0, 2))) == []
    (told,) = tell(merge, (0, DIED))
    assert told["type"] == "interrupted"
    tell(merge, (0, started(0)), (0, steps(0, 1)), (0, steps(0, 2)), (0, steps(0, 3)))
    told = tell(merge, (1, started(1)))  # type: ignore[assignment]
    assert [event["type"] for event in told] == ["started", "steps", "steps", "steps"]
    assert [event["step"] for event in told[1:]] == [[1], [2], [3]]


def test_deaths_without_a_step_forward_are_bounded_and_a_step_forgives_them() -> None:
    merge = running()
    for step in range(1, 40):
        tell(merge, (0, steps(0, step)), (0, DIED), (0, started(0, 2)))
        assert not merge.broken
    for _ in range(ATTEMPTS - 2):
        tell(merge, (0, steps(0, 39)), (0, DIED), (0, started(0, 2)))
        assert not merge.broken
    tell(merge, (0, DIED))
    assert merge.broken
    (end,) = tell(merge, (1, {"type": "exit", "outcome": "stopped"}))
    assert end["message"] == (
        "Worker 1 died 5 times without a step forward: at last it was killed by SIGSEGV. "
        "Start the race again."
    )


def test_a_race_that_goes_on_with_other_weights_is_broken() -> None:
    merge = running()
    tell(merge, (0, DIED), (0, started(0, 2, fingerprint="other")))
    assert merge.broken


def test_any_interleaving_tells_the_same_race() -> None:
    """Seeded shuffles: every entrant's own events keep their order; nothing is lost or doubled."""
    shares = [[0, 2], [1]]
    scripts = [
        [started(*share), *(steps(e, k) for k in range(1, 6) for e in share), finished()]
        for share in shares
    ]
    for seed in range(200):
        draw = random.Random(seed)
        order = [share for share in (0, 1) for _ in scripts[share]]
        draw.shuffle(order)
        left = [iter(script) for script in scripts]
        merge = merged(*shares)
        told = tell(merge, *((share, next(left[share])) for share in order))
        assert told[0]["type"] == "started"
        assert told[-1] == {"type": "finished"}
        assert sum(event["type"] in ("started", "finished") for event in told) == 2
        for entrant in range(3):
            own = [event["step"][0] for event in told if event.get("entrant") == entrant]
            assert own == list(range(1, 6))
    assert len(list(itertools.chain(*scripts))) == 19
