"""Values that nobody means, for each kind of field; and where in a body they can stand."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.openapi.documents import Json, Operation, nullable, resolved

Place = tuple[str | int, ...]
ARABIC = "".join(chr(0x660 + int(digit)) if digit != "." else "." for digit in "33.01.18.2006")
NUL, EMOJI, HALF, ESCAPE, TURNED = "a\0b", "🌶️👩‍🌾", "\ud800", "\x1b[31m", "a\u202eb"
HUGE = 10**400
NOT_NUMBERS = (float("nan"), float("inf"), float("-inf"))
NO_TEXT: tuple[Any, ...] = (5, True, [], {}, 1.5)
NO_ID: tuple[Any, ...] = (
    *NO_TEXT,
    "",
    "7",
    "00000000-0000-0000-0000-00000000000g",
    EMOJI,
    NUL,
    HALF,
    "x" * 300,
)


@dataclass(frozen=True)
class Spoilt:
    """A body with one thing wrong, and the field that is to be named."""

    field: str
    said: str
    body: Any

    def __str__(self) -> str:
        return f"{self.field}: {self.said[:60]}"


def spoilt_bodies(operation: Operation, good: Any) -> Iterator[Spoilt]:
    """Every field of a good body, one at a time, with every value that no field of its kind takes."""
    schema = operation.body
    if schema is not None:
        yield from _spoilt(operation.service, schema, good, good, ())


def _spoilt(service: str, schema: Json, value: Any, body: Any, place: Place) -> Iterator[Spoilt]:
    meant = resolved(service, schema, like=value)
    if place:
        for bad in _bad_values(meant, nullable(schema)):
            yield _with(body, place, bad)
    if isinstance(value, dict):
        yield from _spoilt_object(service, meant, value, body, place)
    elif isinstance(value, list):
        yield from _spoilt_list(service, meant, value, body, place)


def _spoilt_object(service: str, meant: Json, value: Json, body: Any, place: Place) -> Iterator[Spoilt]:
    for name in ("made_up", "id", "__proto__"):
        if name not in meant["properties"]:
            yield _with(body, (*place, name), 1)
    for name in meant.get("required", ()):
        yield _without(body, (*place, name))
    for name, inner in value.items():
        yield from _spoilt(service, meant["properties"][name], inner, body, (*place, name))


def _spoilt_list(service: str, meant: Json, value: list[Any], body: Any, place: Place) -> Iterator[Spoilt]:
    if meant.get("minItems"):
        yield _with(body, place, [])
    yield _with(body, place, [value[0]] * (meant["maxItems"] + 1))
    if meant.get("uniqueItems"):
        yield _with(body, place, [value[0], value[0]])
    yield from _spoilt(service, meant["items"], value[0], body, (*place, 0))


def _bad_values(meant: Json, may_be_null: bool) -> Iterator[Any]:
    yield from () if may_be_null else (None,)
    match meant.get("type"), meant.get("format"):
        case "integer" | "number" as kind, _:
            yield from _bad_numbers(meant, whole=kind == "integer")
        case "boolean", _:
            yield from (0, 1, "true", "ya", [], {}, 1.0)
        case "array", _:
            yield from (5, "A", {}, True)
        case "object", _:
            yield from (5, "x", [], True)
        case "string", "uuid":
            yield from NO_ID
        case "string", "date":
            yield from _bad_days()
        case "string", "date-time":
            yield from _bad_moments()
        case _:
            yield from _bad_texts(meant)


def _bad_numbers(meant: Json, *, whole: bool) -> Iterator[Any]:
    yield from (1.5, 1.0) if whole else ()
    yield from ("5", "", EMOJI, [], {}, True, HUGE, -HUGE, *NOT_NUMBERS)
    yield from (meant["minimum"] - 1, meant["maximum"] + 1, -(2**63) - 1)
    if meant["minimum"] > 0:
        yield 0


def _bad_texts(meant: Json) -> Iterator[Any]:
    yield from (*NO_TEXT, "", " ", "\u200b", NUL, HALF, ESCAPE, TURNED, "x" * 2_000)
    if "maxLength" in meant:
        yield "x" * (meant["maxLength"] + 1)
    else:  # a code, a grade, one of few words: nothing that a person would call text
        yield from (EMOJI, "'; DROP TABLE lots; --", "A\n", ARABIC)


def _bad_days() -> Iterator[Any]:
    yield from (
        *NO_TEXT,
        "",
        "besok",
        "2026-02-30",
        "1999-01-01",
        "9999-12-31",
        "0000-00-00",
        "2026-11-27T00:00:00Z",
    )
    yield from (1_795_000_000, "27-11-2026", "2026-11-27\0", EMOJI, HALF, "+02026-11-27")


def _bad_moments() -> Iterator[Any]:
    yield from (
        *NO_TEXT,
        "",
        "nanti",
        "2026-11-27",
        "2026-11-27T10:00:00",
        "1999-01-01T00:00:00Z",
        HALF,
        EMOJI,
    )
    yield from ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "2026-02-30T10:00:00Z", 1_795_000_000)
    yield from ("2026-11-27T25:00:00Z", "2026-11-27T10:00:00+99:00", "2026-11-27T10:00:00Z\0")


def _with(body: Any, place: Place, value: Any) -> Spoilt:
    changed = copy.deepcopy(body)
    _parent(changed, place)[place[-1]] = value
    return Spoilt(named(place), json.dumps(value), changed)


def _without(body: Any, place: Place) -> Spoilt:
    changed = copy.deepcopy(body)
    _parent(changed, place).pop(place[-1], None)
    return Spoilt(named(place), "missing", changed)


def _parent(body: Any, place: Place) -> Any:
    for part in place[:-1]:
        body = body[part]
    return body


def named(place: Place) -> str:
    """As a problem names it: `lines[0].quantity`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "half of it": b'{"reason": "x',
    "not JSON": b"reason=x",
    "null": b"null",
    "a list": b"[]",
    "a number": b"5",
    "text": b'"x"',
    "half a character": b"\xff\xfe{}",
    "a null byte": b"\0",
    "XML": b"<lot/>",
    "a list in a list, 20,000 deep": b"[" * 20_000,
    "an object in an object, 10,000 deep": b'{"a":' * 10_000,
    "a number of 5,000 digits": b'{"change": ' + b"9" * 5_000 + b"}",
    "1 MB of blanks": b" " * 1_000_000,
    "1 MB of text": b'{"reason": "' + b"x" * 1_000_000 + b'"}',
}
"""What is no body of any operation."""
