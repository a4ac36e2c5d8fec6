"""The long storm: `python -m tests.chaos [--worker 50] [--server 50] [--socket 100] [--seed 0]`.

Prints each stroke, then what was done and what went wrong; the exit code is 1 where anything did.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.chaos.storm import Storm


def main() -> int:
    parser = argparse.ArgumentParser("python -m tests.chaos")
    for what, many in {"worker": 50, "server": 50, "socket": 100, "seed": 0, "epochs": 150}.items():
        parser.add_argument(f"--{what}", type=int, default=many)
    asked = vars(parser.parse_args())
    seed, epochs = asked.pop("seed"), asked.pop("epochs")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        storm = Storm(Path(folder), asked, seed, epochs, loud=True)
        storm.run()
    done = storm.done
    print(f"{done['worker']} workers and {done['server']} servers killed,", end=" ")
    print(f"{done['socket']} sockets cut")
    print(f"{done['races']} races, {storm.events:,} events, {done['connections']} connections")
    print(f"{done['interrupted']} interruptions, {done['continued']} continuations,", end=" ")
    print(f"{done['changed']} changes ({done['refused']} refused)")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
    for fault in storm.faults:
        print("FAULT:", fault)
    print("nothing lost, nothing twice, bit-identical" if not storm.faults else "FAILED")
    return bool(storm.faults)


if __name__ == "__main__":
    raise SystemExit(main())
