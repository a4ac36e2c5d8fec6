"""The IDX format in which MNIST and its kin are published: a header, then unsigned bytes, gzipped.

Header, big-endian: two zero bytes, the type (8: unsigned byte), the number of dimensions, then each
dimension as four bytes. LeCun, Cortes and Burges, "The MNIST database of handwritten digits",
http://yann.lecun.com/exdb/mnist/.
"""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.refusal import Refusal
from core.training.data.base import GREY_RECORD, GREY_SIDE, Check, Records

_BYTES = 8  # the type of all published files
_TRAILER = 8  # bytes at the end of a gzip file: the checksum and the length of what is inside


def count(path: Path) -> int:
    """Read from the header how many entries a file has; 0 where it cannot be read."""
    try:
        with gzip.open(path) as file:
            head = file.read(8)
    except (OSError, EOFError, zlib.error):
        return 0
    return int.from_bytes(head[4:]) if len(head) == 8 else 0


def stamp(path: Path) -> str:
    """Name the content of a file by the checksum and the length that gzip itself wrote, in hex."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TRAILER))
        return file.read().hex()


def read(path: Path) -> NDArray[np.uint8]:
    """Read a file of unsigned bytes, in the shape that its header gives.

    Raises Refusal when it is damaged, of another type, or shorter or longer than its header says.
    """
    try:
        with gzip.open(path) as file:
            head = file.read(4)
            if len(head) < 4 or head[:3] != bytes([0, 0, _BYTES]):
                raise _other(path, "an IDX file of unsigned bytes", f"the header {head.hex()}")
            shape = tuple(int.from_bytes(file.read(4)) for _ in range(head[3]))
            expected = math.prod(shape)
            content = file.read(expected + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _other(path, "a whole gzip file", f"a damaged one ({error})") from error
    if len(content) != expected:
        got = "more" if len(content) > expected else f"{len(content):,}"
        raise _other(path, f"{expected:,} bytes after the header", got)
    return np.frombuffer(content, np.uint8).reshape(shape)


def records(images: Path, labels: Path, check: Check) -> Records:
    """Join images of 28 × 28 pixels with their labels: uint8 (n, 785), label first."""
    check()
    pixels = read(images)
    if pixels.shape[1:] != (GREY_SIDE, GREY_SIDE):
        side = f"n × {GREY_SIDE} × {GREY_SIDE} pixels"
        raise _other(images, side, " × ".join(map(str, pixels.shape)))
    check()
    classes = read(labels)
    if classes.shape != pixels.shape[:1]:
        raise _other(
            labels, f"one label for each of {len(pixels):,} images", f"the shape {classes.shape}"
        )
    if len(classes) and (worst := int(classes.max())) > 9:
        raise _other(labels, "labels 0 to 9", str(worst))
    joined = np.empty((len(pixels), GREY_RECORD), np.uint8)
    joined[:, 0] = classes
    joined[:, 1:] = pixels.reshape(len(pixels), -1)
    return joined


def _other(path: Path, expected: str, got: str) -> Refusal:
    return Refusal(f"Expected {expected} in {path}, got {got}: copy it again.", field="dataset")
