"""Finding one's way in a pydantic model along the data that was sent: which class stands where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

Location = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error lies.

    `path`: keys and indices as they stand in the data, without pydantic's names of union branches.
    `owner`: the model class that holds the field, where one does. `field`: its declaration.
    `named`: the `name` of the innermost object around the field that has one. `meant`: False where
    the error belongs to a branch of a union that the data did not mean to be.
    """

    path: tuple[str | int, ...]
    owner: type[BaseModel] | None
    field: FieldInfo | None
    named: str | None
    meant: bool


def place(kind: type[BaseModel], data: Any, location: Location, *, missing: bool) -> Place:
    """Follow `location` through `data`, which was meant to be a `kind`.

    `missing`: the error says that the last key is absent, so it is no name of a union's branch.
    """
    path: list[str | int] = []
    named: str | None = None
    meant = True
    owner: type[BaseModel] | None = None
    field: FieldInfo | None = None
    annotation: Any = kind
    for depth, key in enumerate(location):
        model = fitting(annotation, data)
        if isinstance(data, dict) and isinstance(data.get("name"), str):
            named = data["name"]
        absent = missing and depth == len(location) - 1
        if isinstance(key, str) and isinstance(data, dict) and (key in data or absent):
            owner, field = model, model.model_fields.get(key) if model else None
            annotation = field.annotation if field else annotation
            data = data.get(key)
        elif isinstance(key, int) and isinstance(data, list):
            data = data[key] if key < len(data) else None
        else:  # the name of a branch: a class, or the tag of a tagged union
            others = {each.__name__ for each in models(annotation) if each is not model}
            meant = meant and key not in others
            continue
        path.append(key)
    return Place(tuple(path), owner, field, named, meant)


def fitting(annotation: Any, data: Any) -> type[BaseModel] | None:
    """Choose, among the models that an annotation allows, the one that the data means to be."""
    candidates = list(models(annotation))
    if not isinstance(data, dict) or not candidates:
        return candidates[0] if len(candidates) == 1 else None

    def likeness(model: type[BaseModel]) -> tuple[bool, int]:
        name = model.model_fields.get("name")
        named = name is not None and data.get("name") in get_args(name.annotation)
        return named, sum(key in data for key in model.model_fields)

    return max(candidates, key=likeness)


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield every model class inside an annotation such as `tuple[Annotated[A | B, ...], ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models(argument)
