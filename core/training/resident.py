"""The images that a race looks at, on its device: each once, however many repeats look at it."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.training.data import Images

Rows = NDArray[np.int64]


class Resident:
    """Pixels (n, 3072) as uint8, row by row and colour by colour, and labels (n,)."""

    def __init__(self, images: Images, rows: Rows, device: torch.device) -> None:
        """Move these rows of the images to the device; a row that comes twice is moved once."""
        self._rows = np.unique(rows)
        self._device = device
        self.pixels, self.labels = there(*images.take(self._rows), device)

    def places(self, rows: Rows) -> Tensor:
        """Say where rows of the images lie here: (n,)."""
        return torch.from_numpy(np.searchsorted(self._rows, rows)).to(self._device)


def there(
    pixels: NDArray[np.uint8], labels: NDArray[np.int64], device: torch.device
) -> tuple[Tensor, Tensor]:
    """Move images to a device: pixels (n, 3072), labels (n,)."""
    flat = torch.from_numpy(pixels.reshape(len(pixels), -1))
    return flat.to(device), torch.from_numpy(labels).to(device)
