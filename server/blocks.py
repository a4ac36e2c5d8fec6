"""The numbers of a binary message: arrays one after the other, as float32."""

from math import isfinite

import numpy as np
from numpy.typing import NDArray


class Blocks:
    """Arrays that will stand one after the other in a message's data."""

    def __init__(self) -> None:
        """Begin empty."""
        self._arrays: list[NDArray[np.float64]] = []
        self._size = 0

    def add(self, array: NDArray[np.float64]) -> int:
        """Append an array and return its offset, counted in numbers."""
        offset = self._size
        self._arrays.append(array)
        self._size += array.size
        return offset

    def data(self) -> NDArray[np.float32]:
        """Lay them out as float32; what float32 cannot hold is NaN."""
        data = np.empty(self._size, dtype="<f4")
        offset = 0
        with np.errstate(over="ignore", invalid="ignore"):
            for array in self._arrays:
                block = data[offset : offset + array.size]
                block.reshape(array.shape)[:] = array
                if not isfinite(float(block.sum())):  # one quick pass in the usual case
                    block[~np.isfinite(block)] = np.nan
                offset += array.size
        return data
