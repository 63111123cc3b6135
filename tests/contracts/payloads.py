"""An example with one field at its bounds, which the schema allows, or out of shape, which it refuses."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import NAMESPACE_URL

from jsonschema import Draft202012Validator

from infra.contracts.contract import Json

Path = tuple[str | int, ...]
OF_FORMAT = {"uuid": str(NAMESPACE_URL), "date": "2028-02-29", "date-time": "2028-02-29T23:59:59.000001Z"}
MISSHAPEN: list[Any] = [None, {}, [[]], 7, "neither a number nor an id"]


def allowed(schema: Json, example: Json) -> Iterator[Json]:
    """The example, and for each field at any depth one copy for each value at its bounds."""
    yield example
    for path, part in _fields(schema, example):
        for value in _bounds(part):
            yield _with(example, path, value)


def misshapen(schema: Json, example: Json) -> Iterator[Json]:
    """For each field at any depth copies that lack it, or in which it has another shape."""
    for path, part in _fields(schema, example):
        if isinstance(path[-1], str):
            yield _without(example, path)
        for value in MISSHAPEN:
            if "format" in part or not Draft202012Validator({"type": part["type"]}).is_valid(value):
                yield _with(example, path, value)


def _fields(schema: Json, value: Any, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    if isinstance(value, dict):
        parts = [(name, schema["properties"][name], part) for name, part in value.items()]
    elif isinstance(value, list):
        parts = [(place, schema["items"], part) for place, part in enumerate(value)]
    else:
        parts = []
    for step, schema_of_part, part in parts:
        yield (*path, step), schema_of_part
        yield from _fields(schema_of_part, part, (*path, step))


def _bounds(schema: Json) -> list[Any]:
    if "enum" in schema or "const" in schema:
        return [*schema.get("enum", [schema.get("const")])]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return [value for name in types for value in _bounds_of(name, schema)]


def _bounds_of(type_: str, schema: Json) -> list[Any]:
    match type_:
        case "integer":
            return [schema["minimum"], schema["maximum"]]
        case "string" if "format" in schema:
            return [OF_FORMAT[schema["format"]]]
        case "string" if "pattern" not in schema:
            return ["x", "🌶" * schema["maxLength"]]
        case "array" if schema["minItems"] == 0:
            return [[]]
        case "boolean":
            return [False, True]
        case "null":
            return [None]
    return []


def _with(example: Json, path: Path, value: Any) -> Json:
    changed, holder = _copied(example, path)
    holder[path[-1]] = value
    return changed


def _without(example: Json, path: Path) -> Json:
    changed, holder = _copied(example, path)
    del holder[path[-1]]
    return changed


def _copied(example: Json, path: Path) -> tuple[Json, Any]:
    changed = deepcopy(example)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    return changed, holder
