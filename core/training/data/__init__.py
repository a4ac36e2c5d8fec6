"""Data sets: images in ten classes, from the project's own pen or from a public archive."""

from core.refusal import Refusal
from core.training.data.base import DataSet, Images, split
from core.training.data.cifar10 import Cifar10
from core.training.data.mnist import FashionMnist, Mnist
from core.training.data.shapes import Shapes

DATASETS: tuple[DataSet, ...] = (Shapes(), Cifar10(), Mnist(), FashionMnist())

__all__ = ["DATASETS", "DataSet", "Images", "dataset", "split"]


def dataset(name: str) -> DataSet:
    """Find a data set by name."""
    for each in DATASETS:
        if each.name == name:
            return each
    known = " or ".join(f'"{each.name}"' for each in DATASETS)
    raise Refusal(f"Expected a data set, {known}, got {name!r}: pick one of them.", field="dataset")
