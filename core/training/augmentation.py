"""Random crops and mirror images of training batches, on the device, the same for every entrant.

A crop moves the image by up to `crop` pixels each way, as if it had been framed in that many black
pixels and cut out again at its own size; a flip mirrors left and right in half of the cases. What
befalls the image at each place of an epoch is drawn from (seed, epoch) alone.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.training.data.base import SIDE

_STREAM = 2  # of random numbers: 0 splits the images, 1 orders them


@dataclass(frozen=True, slots=True)
class Draws:
    """What befalls the images of one epoch, by place: (n,) each, on the device."""

    down: Tensor  # int64, 0 .. 2 crop: the first row of the cut in the framed image
    right: Tensor  # int64, the first column
    mirrored: Tensor  # bool

    def digest(self) -> bytes:
        """Hash them."""
        parts = (each.cpu().numpy().tobytes() for each in (self.down, self.right, self.mirrored))
        return hashlib.sha256(b"".join(parts)).digest()


class Augmentation:
    """Changes minibatches of pixels, uint8 (B, 3072), row by row and colour by colour."""

    def __init__(self, crop: int, flip: bool, seed: int, images: int, device: torch.device) -> None:
        """Prepare for epochs of so many images; `crop` is in pixels."""
        self._crop, self._flip, self._seed, self._images = crop, flip, seed, images
        self._device = device
        self._sides = torch.arange(SIDE, device=device)
        self.draws = lru_cache(maxsize=4)(self._draws)

    def changed(self, pixels: Tensor, epoch: int, first: int) -> Tensor:
        """Change the minibatch that begins at place `first` of an epoch; same shape."""
        here = slice(first, first + len(pixels))
        draws, n = self.draws(epoch), len(pixels)
        image = pixels.view(n, SIDE, SIDE, 3)
        framed = functional.pad(image, (0, 0, *(self._crop,) * 4))  # (B, S, S, 3)
        side = framed.shape[1]
        # First whole rows, then bytes within them: to pick single pixels takes five times as long.
        starts = torch.arange(n, device=self._device)[:, None] * side
        rows = starts + draws.down[here, None] + self._sides  # (B, 32)
        picked = framed.view(n * side, side * 3).index_select(0, rows.view(-1))
        columns = draws.right[here, None] + self._sides
        columns = torch.where(draws.mirrored[here, None], columns.flip(1), columns)
        bytes_ = (columns[:, :, None] * 3 + self._sides[:3]).view(n, 1, -1)  # (B, 1, 96)
        rows_of = picked.view(n, SIDE, side * 3)
        return rows_of.gather(2, bytes_.expand(-1, SIDE, -1)).view(n, -1)

    def _draws(self, epoch: int) -> Draws:
        random = np.random.default_rng([self._seed, _STREAM, epoch])
        places = random.integers(0, 2 * self._crop + 1, (2, self._images))
        # Drawn in any case, so that the crops are the same with and without mirroring.
        mirrored = (random.random(self._images) < 0.5) & self._flip
        down, right, mirror = (
            torch.from_numpy(each).to(self._device) for each in (*places, mirrored)
        )
        return Draws(down, right, mirror)
