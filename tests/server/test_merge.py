"""Two shares of a race become one story, whatever the order in which they speak."""

import itertools
import random
from typing import Any

from server.races.merge import Merge

Event = dict[str, Any]


def started(*entrants: int, fingerprint: str = "0badcafe") -> Event:
    return {
        "type": "started",
        "fingerprint": fingerprint,
        "workers": 1,
        "entrants": [{"entrant": each} for each in entrants],
    }


def steps(entrant: int, step: int) -> Event:
    return {"type": "steps", "entrant": entrant, "step": [step], "loss": [1.0]}


def finished() -> Event:
    return {"type": "exit", "outcome": "finished"}


def tell(merge: Merge, *said: tuple[int, Event]) -> list[Event]:
    return [event for share, words in said for event in merge.hear(share, words)]


def running() -> Merge:
    merge = Merge([[0, 2], [1]])
    tell(merge, (0, started(0, 2)), (1, started(1)))
    return merge


def test_the_start_is_told_once_and_before_everything_else() -> None:
    merge = Merge([[0, 2], [1]])
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
    assert tell(Merge([[0], [1]]), (0, download)) == [download]


def test_different_fingerprints_end_the_race() -> None:
    merge = Merge([[0], [1]])
    tell(merge, (0, started(0)), (1, started(1, fingerprint="other")))
    assert merge.broken
    (end,) = tell(merge, (0, {"type": "exit", "outcome": "stopped"}), (1, finished()))
    assert end["type"] == "failed"
    assert "fingerprints" in end["message"]


def test_a_pause_is_told_once_all_agree() -> None:
    merge = running()
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
    died = {"type": "exit", "outcome": "died", "message": "was killed by SIGSEGV"}
    cases = [
        (finished(), finished(), {"type": "finished"}),
        (finished(), stopped, {"type": "stopped", "step": {"0": 7}}),
        (stopped, stopped, {"type": "stopped", "step": {"0": 7}}),
        (failed, stopped, {"type": "failed", "message": "No images."}),
    ]
    for first, second, end in cases:
        merge = running()
        tell(merge, (0, steps(0, 7)))
        assert tell(merge, (0, first)) == []
        assert tell(merge, (1, second)) == [end]
        assert merge.state == end["type"]
    merge = running()
    (end,) = tell(merge, (1, died), (0, stopped))
    assert end["message"] == "Worker 2 was killed by SIGSEGV. Start the race again."


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
        merge = Merge(shares)
        told = tell(merge, *((share, next(left[share])) for share in order))
        assert told[0]["type"] == "started"
        assert told[-1] == {"type": "finished"}
        assert sum(event["type"] in ("started", "finished") for event in told) == 2
        for entrant in range(3):
            own = [event["step"][0] for event in told if event.get("entrant") == entrant]
            assert own == list(range(1, 6))
    assert len(list(itertools.chain(*scripts))) == 19
