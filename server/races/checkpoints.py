"""The folders of checkpoints beside the log, one per race: workers write, the server clears."""

import re
import shutil
from collections.abc import Collection
from pathlib import Path

NAME = re.compile(r"(\d+)-(\d+)\.safetensors")


def folder(data: Path, race: str) -> Path:
    """Name the folder of a race's checkpoints."""
    return data / "checkpoints" / race


def prune(folder: Path, kept: dict[int, list[int]]) -> None:
    """Remove the checkpoints of these entrants that are older than the oldest one kept."""
    for file in folder.glob("*.safetensors"):
        name = NAME.fullmatch(file.name)
        if name and int(name[1]) in kept and int(name[2]) < min(kept[int(name[1])]):
            file.unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Remove all of a race's checkpoints: it is over."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_others(data: Path, races: Collection[str]) -> None:
    """Remove the folders of all races but these: a server ended before it could."""
    root = data / "checkpoints"
    for each in root.iterdir() if root.is_dir() else ():
        if each.name not in races:
            remove(each)
