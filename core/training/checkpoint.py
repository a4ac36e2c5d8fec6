"""A checkpoint file: tensors as safetensors, everything else as JSON in its header.

Nothing in it is code and nothing is unpickled, so a file from elsewhere can at worst be refused.
"""

import json
import math
import os
import tempfile
from pathlib import Path
from typing import Any

import safetensors
import torch
from safetensors.torch import save
from torch import Tensor

FORMAT = "1"  # raise it with any change to what is kept: older files then count as unreadable


class Unreadable(ValueError):  # noqa: N818 - a state of the file, which the caller answers
    """There is no file, or it is torn or of another format; the message says which."""


def write(path: Path, state: Any) -> None:
    """Keep plain data with tensors in it; whoever looks finds the whole file or none.

    Dicts (keys are strings), lists, tuples, numbers, strings and None may be nested. Raises OSError
    where the disk is full or the folder cannot be written.
    """
    tensors: dict[str, Tensor] = {}
    header = {"format": FORMAT, "state": json.dumps(_packed(state, tensors), allow_nan=False)}
    text = save(tensors, header)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    _sync(path.parent)


def read(path: Path, device: torch.device) -> Any:
    """Give back what was written, tensors with the layout that they had, on `device`.

    Tensors that lay on the CPU stay there. Raises Unreadable.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            header = file.metadata() or {}
            if header.get("format") != FORMAT:
                raise Unreadable(f"expected format {FORMAT}, got {header.get('format')}")
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        return _unpacked(json.loads(header["state"]), tensors, device)
    except (safetensors.SafetensorError, OSError, ValueError, KeyError) as error:
        raise Unreadable(f"{path.name} cannot be read: {error}") from None


def _packed(value: Any, tensors: dict[str, Tensor]) -> Any:
    """Turn the data into JSON, and put its tensors into `tensors`."""
    match value:
        case Tensor():
            name = str(len(tensors))
            # Its stride is kept: torch's fused steps walk weights and state as they lie in memory.
            tensors[name] = value.detach().cpu().clone(memory_format=torch.contiguous_format)
            return {"tensor": name, "stride": value.stride(), "device": value.device.type}
        case dict():
            return {"dict": {key: _packed(each, tensors) for key, each in value.items()}}
        case tuple():
            return {"tuple": [_packed(each, tensors) for each in value]}
        case list():
            return [_packed(each, tensors) for each in value]
        case float() if not math.isfinite(value):
            return {"float": str(value)}
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(f"expected plain data and tensors, got a {type(value).__name__}")


def _unpacked(value: Any, tensors: dict[str, Tensor], device: torch.device) -> Any:
    match value:
        case {"tensor": name, "stride": stride, "device": kind}:
            flat = tensors[name]
            where = torch.device("cpu") if kind == "cpu" else device
            return torch.empty_strided(flat.shape, stride, dtype=flat.dtype, device=where).copy_(
                flat
            )
        case {"dict": entries}:
            return {key: _unpacked(each, tensors, device) for key, each in entries.items()}
        case {"tuple": entries}:
            return tuple(_unpacked(each, tensors, device) for each in entries)
        case {"float": text}:
            return float(text)
        case list():
            return [_unpacked(each, tensors, device) for each in value]
    return value


def _sync(folder: Path) -> None:
    """Make the new name durable, where a folder can be opened for that (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
