"""The engine's minibatches, drawn once more in plain Python."""

MASK = 2**64 - 1


def mix(state: int) -> int:
    """splitmix64, from its authors' paper."""
    z = (state + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def drawn(seed: int, step: int, rows: int, size: int) -> list[int]:
    """The rows of one step, ascending: selection sampling, Knuth's Algorithm S."""
    key = mix(mix(seed ^ int.from_bytes(b"batch", "big")) ^ step)
    chosen: list[int] = []
    for row in range(rows):
        left, need = rows - row, size - len(chosen)
        u = (mix((key + row) & MASK) >> 11) * 2.0**-53
        if need == left or u * left < need:
            chosen.append(row)
        if len(chosen) == size:
            break
    return chosen
