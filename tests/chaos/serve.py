"""The server that gets killed: the real one, with workers that do not warm up and keep often.

`python -m tests.chaos.serve <data> <port>`
"""

import sys
from pathlib import Path

import uvicorn

from server.__main__ import bound, config
from server.settings import Settings

COLD = (sys.executable, "-m", "core.training.worker", "--cold")


def main(data: str, port: str) -> None:
    settings = Settings(
        port=int(port), data=Path(data), workers=2, worker=COLD, quiet=0.0,
        checkpoints_every=0.3, warm=False,
    )  # fmt: skip
    listener, settings = bound(settings)
    with listener:
        uvicorn.Server(config(settings)).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
