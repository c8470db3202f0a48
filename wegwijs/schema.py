"""Reading YAML that people edit: what is wrong is named by file, entry and field."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Extra, ValidationError

from wegwijs.errors import ContentError
from wegwijs.files import read_yaml


class Strict(BaseModel):
    """An entry of such a file: no field that the schema does not know, and none changed later."""

    class Config:  # noqa: D106 the settings of pydantic
        extra = Extra.forbid
        frozen = True

    # An entry is read once, and is equal to itself alone: pydantic makes dicts of both, with all that stands below.
    __eq__ = object.__eq__
    __hash__ = object.__hash__


Read = TypeVar("Read", bound=Strict)


def read(schema: type[Read], path: Path) -> Read:
    """Read a YAML file as the schema has it.

    Raises:
        ContentError: names the file, the entry and the field of everything that is wrong.
    """
    raw = read_yaml(path) or {}
    try:
        found: Read = schema.parse_obj(raw)
    except ValidationError as error:
        lines = [f"{path}: {_where(problem['loc'], raw)}: {problem['msg']}" for problem in error.errors()]
        raise ContentError("\n".join(lines)) from error
    return found


def _where(location: tuple[Any, ...], raw: Any) -> str:
    """Name the item by its id instead of its place: ('items', 3, 'role') becomes "some_id: role"."""
    match location:
        case (str(key), int(index), *field):
            item = raw[key][index]
            name = item.get("id", f"{key} {index + 1}") if isinstance(item, dict) else f"{key} {index + 1}"
            return ": ".join([str(name), ".".join(str(part) for part in field if part != "__root__")]).rstrip(": ")
    return ".".join(str(part) for part in location)
