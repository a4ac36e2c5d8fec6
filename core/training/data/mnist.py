"""MNIST and Fashion-MNIST in their official files: from a folder, from the cache, or by download.

LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition",
Proceedings of the IEEE 86 (1998); Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset
for benchmarking machine learning algorithms", arXiv 1708.07747 (2017). Lengths and checksums are
those that TensorFlow Datasets publishes for the same addresses. MNIST's first home no longer hands
its files out; its addresses here are those of a public copy.
"""

from collections.abc import Generator
from pathlib import Path
from typing import ClassVar

from core.refusal import Refusal
from core.training.data import idx, store
from core.training.data.base import GREY_RECORD, Check, DataSet, Event, Images, Records
from core.training.data.download import Archive, fetch_all

TRAIN = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
TEST = ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")


def _archives(address: str, *known: tuple[str, int]) -> tuple[Archive, ...]:
    """Name the four files at an address, each with its SHA-256 and its length in bytes."""
    names = (*TRAIN, *TEST)
    return tuple(
        Archive(address + name, sha256, size)
        for name, (sha256, size) in zip(names, known, strict=True)
    )


def _has(folder: Path, names: tuple[str, ...]) -> bool:
    return all((folder / name).is_file() for name in names)


class Idx(DataSet):
    """A data set of 60,000 and 10,000 images of 28 × 28 pixels in one shade, in four IDX files."""

    train: ClassVar[int] = 58_000
    validation: ClassVar[int] = 2_000

    shows: ClassVar[str]  # what the images show
    places: ClassVar[tuple[str, ...]]  # folders in the user's own, ours first
    official: ClassVar[tuple[Archive, ...]]

    def __init__(self, archives: tuple[Archive, ...] = ()) -> None:
        """Take the official files, or others of the same layout."""
        self.archives = archives or self.official

    def available(self) -> bool:
        """Say whether the training images are on this machine."""
        return self._folder() is not None

    def total(self) -> int:
        """Count the training images here; all, where they will be downloaded."""
        folder = self._folder()
        found = 0 if folder is None else idx.count(folder / TRAIN[0])
        # Too few images for a validation: `load` says what is wrong.
        return found if found > self.validation else super().total()

    def sentence(self) -> str:
        """Say which files are there, or that they will be downloaded."""
        folder = self._folder()
        if folder is not None:
            return f"{idx.count(folder / TRAIN[0]):,} small {self.shows}, from {folder}."
        size = sum(each.bytes for each in self.archives)
        return (
            f"70,000 small {self.shows}. Start downloads them once ({size / 1e6:.0f} MB) and "
            f"keeps them in {store.folder()}."
        )

    def load(self, check: Check) -> Generator[Event, None, Images]:
        """Unpack the files that are there, once, and map them; download them if there are none."""
        folder = self._folder()
        if folder is None:
            folder = yield from self._download(check)
        train = self._kept(folder, TRAIN, check)
        test = (self._kept(folder, TEST, check),) if _has(folder, TEST) else ()
        return Images((train,), f"{len(train):,} training images of {self.title}.", test)

    def _folder(self) -> Path | None:
        """Find a folder with the training images: the user's own first, then the cache.

        The files of all such data sets have the same names, so a folder must bear the set's.
        """
        given = store.given()
        if given is not None:
            own = [given] if given.name in self.places else []
            for folder in (*own, *(given / place for place in self.places)):
                if _has(folder, TRAIN):
                    return folder
        cached = self._cache()
        return cached if _has(cached, (*TRAIN, *TEST)) else None

    def _cache(self) -> Path:
        return store.folder() / self.places[0]

    def _kept(self, folder: Path, names: tuple[str, str], check: Check) -> Records:
        """Map the unpacked records; the name they are kept under tells one content from another."""
        images, labels = (folder / name for name in names)
        name = f"{self.name}-{idx.stamp(images)}-{idx.stamp(labels)}"
        return store.keep(name, lambda: idx.records(images, labels, check), GREY_RECORD)

    def _download(self, check: Check) -> Generator[Event, None, Path]:
        folder = self._cache()
        by_hand = (
            f"Or put the four files into a folder {self.places[0]} in a folder of your own, name "
            f"that one in the environment variable {store.VARIABLE} and restart. The data set "
            "`shapes` needs no download."
        )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with store.exclusive(folder / "download.lock", check):
                # Another worker may have fetched them meanwhile: then there is nothing left to do.
                yield from fetch_all(self.archives, folder, check)
        except OSError as error:
            raise Refusal(
                f"{self.title} could not be kept in {folder} ({error}). {by_hand}", field="dataset"
            ) from error
        except Refusal as refusal:
            raise Refusal(f"{refusal.sentence} {by_hand}", field="dataset") from refusal
        return folder


class Mnist(Idx):
    """Handwritten digits."""

    name: ClassVar[str] = "mnist"
    title: ClassVar[str] = "MNIST"
    classes: ClassVar[tuple[str, ...]] = tuple("0123456789")
    # Of the 28 × 28 pixels without the frame, as published.
    mean: ClassVar[tuple[float, float, float]] = (0.1307,) * 3
    std: ClassVar[tuple[float, float, float]] = (0.3081,) * 3
    shows: ClassVar[str] = "handwritten digits"
    places: ClassVar[tuple[str, ...]] = ("mnist", "MNIST/raw")
    official: ClassVar[tuple[Archive, ...]] = _archives(
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ("440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 9_912_422),
        ("3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 28_881),
        ("8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 1_648_877),
        ("f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 4_542),
    )


class FashionMnist(Idx):
    """Pictures of clothes, made to take MNIST's place."""

    name: ClassVar[str] = "fashion_mnist"
    title: ClassVar[str] = "Fashion-MNIST"
    classes: ClassVar[tuple[str, ...]] = (
        "T-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    )
    mean: ClassVar[tuple[float, float, float]] = (0.2860,) * 3
    std: ClassVar[tuple[float, float, float]] = (0.3530,) * 3
    shows: ClassVar[str] = "pictures of clothes in ten classes"
    places: ClassVar[tuple[str, ...]] = ("fashion-mnist", "FashionMNIST/raw")
    # Over plain HTTP, as its authors publish them: the checksum vouches for the content.
    official: ClassVar[tuple[Archive, ...]] = _archives(
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", 26_421_880),
        ("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", 29_515),
        ("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", 4_422_102),
        ("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", 5_148),
    )
