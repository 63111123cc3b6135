"""Files read without trust: what is not what it must be is refused with its place in the document."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

LARGEST = 10**12

Reader = Callable[[Any, str], Any]


class Malformed(Exception):
    """The file is not what it must be. `path` is the place in the document, `allowed` what may stand there."""

    def __init__(self, path: str, allowed: str) -> None:
        super().__init__(f"{path}: {allowed}" if path else allowed)
        self.path = path
        self.allowed = allowed


def document(raw: bytes) -> Any:
    """JSON in UTF-8, every number whole, no key twice in one object."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("", f"must be UTF-8 (byte {error.start})") from None
    try:
        plain = json.loads(
            text, parse_float=_Pointed, parse_constant=_Pointed, parse_int=_whole, object_pairs_hook=_once
        )
        _check_numbers(plain, "")
    except RecursionError:
        raise Malformed("", "is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise Malformed("", f"must be JSON (line {error.lineno}: {error.msg})") from None
    return plain


class _Pointed(str):
    """A number written with a point or an exponent: refused wherever it stands."""


def _check_numbers(value: Any, path: str) -> None:
    if isinstance(value, _Pointed):
        raise Malformed(path, f"whole numbers only, without point or exponent: {value[:30]}")
    if isinstance(value, dict):
        for key, one in value.items():
            _check_numbers(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            _check_numbers(one, f"{path}[{place}]")


def _whole(written: str) -> int:
    if len(written) > 30:
        raise Malformed("", f"a number is larger than allowed: {written[:30]}...")
    return int(written)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("", f"a key stands twice in one object among {sorted(found)[:8]}")
    return found


def number(low: int, high: int = LARGEST) -> Reader:
    def read(value: Any, path: str) -> int:
        if type(value) is not int or not low <= value <= high:
            raise Malformed(path, f"must be a whole number from {low} to {high}")
        return value

    return read


def text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise Malformed(path, "must be a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Malformed(path, "must be valid UTF-8") from None
    return value


def name(value: Any, path: str) -> str:
    if not text(value, path):
        raise Malformed(path, "must be a text that is not empty")
    return str(value)


def day(value: Any, path: str) -> date:
    try:
        found = date.fromisoformat(text(value, path))
    except ValueError:
        raise Malformed(path, "must be a day, as 2026-11-27") from None
    if found.isoformat() != value:
        raise Malformed(path, "must be a day, as 2026-11-27")
    return found


def truth(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed(path, "must be true or false")
    return value


def maybe(reader: Reader) -> Reader:
    return lambda value, path: None if value is None else reader(value, path)


def one_of(*allowed: str) -> Reader:
    def read(value: Any, path: str) -> str:
        if value not in allowed:
            raise Malformed(path, f"must be one of {', '.join(allowed)}")
        return str(value)

    return read


def listed(reader: Reader) -> Reader:
    def read(value: Any, path: str) -> list[Any]:
        if not isinstance(value, list):
            raise Malformed(path, "must be a list")
        return [reader(item, f"{path}[{place}]") for place, item in enumerate(value)]

    return read


def texts_by_name(value: Any, path: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Malformed(path, "must be an object of texts")
    return {name(key, f"{path} key"): text(held, f"{path}.{key}") for key, held in value.items()}


class Absent:
    """Stands for a key that may be left out, with what it then means."""

    def __init__(self, reader: Reader, default: Any) -> None:
        self.reader, self.default = reader, default


def shaped(**fields: Reader | Absent) -> Reader:
    """An object with these keys; others are ignored."""

    def read(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Malformed(path, "must be an object")
        found = {}
        for key, reader in fields.items():
            place = f"{path}.{key}" if path else key
            if isinstance(reader, Absent):
                found[key] = reader.reader(value[key], place) if key in value else reader.default
            elif key not in value:
                raise Malformed(place, "is missing")
            else:
                found[key] = reader(value[key], place)
        return found

    return read
