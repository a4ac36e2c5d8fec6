"""Run every benchmark beside this file (bench_*.py with a `main()`), or those named as arguments.

Rows are `name | ratio | bar`: a ratio within one run and one process means the same on any machine.
"""

import sys
from importlib import import_module
from pathlib import Path


def benchmarks(wanted: list[str]) -> list[str]:
    """Names of the benchmarks whose name contains one of the wanted words (all, if none is)."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not wanted or any(word in name for word in wanted)]


def main(wanted: list[str]) -> int:
    names = benchmarks(wanted)
    if not names:
        print(f"no benchmark has one of {wanted} in its name", file=sys.stderr)
        return 2
    for name in names:
        print(f"# {name.removeprefix('bench_')}", flush=True)
        import_module(f"tests.benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
