"""What a schema changed since it was released that those who read or write it would notice."""

from collections.abc import Iterator

from infra.contracts.contract import Json

PROSE = {"title", "description", "$comment", "examples"}
WALKED = {"properties", "required", "items"}


def breaks(released: Json, now: Json, where: str = "") -> Iterator[str]:
    """Each change that needs a new version. A new optional field and better prose need none."""
    yield from _fields(released, now, where)
    if "items" in released and "items" in now:
        yield from breaks(released["items"], now["items"], f"{where}[]")
    elif "items" in released or "items" in now:
        yield f"{_name(where)} no longer says the same about its items"
    for keyword in sorted((released.keys() | now.keys()) - PROSE - WALKED):
        before, after = released.get(keyword), now.get(keyword)
        if before != after or type(before) is not type(after):
            yield f"{_name(where)} had {keyword} {before!r} and now has {after!r}"


def _fields(released: Json, now: Json, where: str) -> Iterator[str]:
    before, after = released.get("properties", {}), now.get("properties", {})
    required, requires = set(released.get("required", ())), set(now.get("required", ()))
    for name, schema in before.items():
        path = f"{where}.{name}".lstrip(".")
        if name not in after:
            yield f"{_name(path)} is gone or has another name"
        else:
            yield from breaks(schema, after[name], path)
    for name in sorted(requires - required):
        yield f"{_name(f'{where}.{name}'.lstrip('.'))} is now required"
    for name in sorted((required - requires) & after.keys()):
        yield f"{_name(f'{where}.{name}'.lstrip('.'))} is no longer required"


def _name(where: str) -> str:
    return f"field `{where}`" if where else "the event"
