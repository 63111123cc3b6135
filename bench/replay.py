"""One order's statements said again for another order: new ids, another window, the locks that belong to them."""

import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bench.logged import Statement
from bench.market import BUYER, CHILLI, COOPERATIVE, WINDOWS, window_id
from services.chassis.ids import new_id
from services.chassis.locks import bucket

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
KEPT = {str(one) for one in (CHILLI, COOPERATIVE, BUYER.subject)}
"""What is the same in every order."""


def ids(statements: Sequence[Statement], window: str) -> list[str]:
    """The ids that were made for this order, as they stand in its parameters."""
    found = {one for each in statements for value in each.parameters if value for one in _UUID.findall(value)}
    return sorted(found - KEPT - {window})


def renamed(made: Sequence[str], window: str) -> dict[str, str]:
    """New names for what was made, and another window."""
    return {one: str(new_id()) for one in made} | {window: str(window_id(random.randrange(WINDOWS)))}


def buckets(names: Mapping[str, str]) -> dict[int, int]:
    """Which lock stands for what, before and after."""
    return {
        bucket(prefix + old): bucket(prefix + new) for old, new in names.items() for prefix in ("", "room:")
    }


def spoken(text: str, names: Mapping[str, str]) -> str:
    return _UUID.sub(lambda found: names.get(found[0], found[0]), text)


_READ: dict[str, Callable[[str], Any]] = {
    "uuid": UUID,
    "int2": int,
    "int4": int,
    "int8": int,
    "bool": lambda text: text in {"t", "true"},
    "timestamptz": lambda text: datetime.fromisoformat(text + ":00" if text[-3] in "+-" else text),
    "date": date.fromisoformat,
    "bytea": lambda text: bytes.fromhex(text.removeprefix("\\x")),
}


def value(text: str | None, kind: str, names: Mapping[str, str]) -> Any:
    """A logged parameter as asyncpg wants it, for the order with these names."""
    if text is None:
        return None
    if kind == "bytea":
        return spoken(_READ[kind](text).decode(), names).encode()
    if kind.endswith("[]"):
        inner = _READ.get(kind[:-2], str)
        return [inner(spoken(one.strip('"'), names)) for one in text.strip("{}").split(",") if one]
    return _READ.get(kind, str)(spoken(text, names))


def form(text: str | None, kind: str, made: Collection[str]) -> Callable[[Mapping[str, str]], Any]:
    """How this parameter is made for an order: once for all where no id of the order stands in it."""
    same = value(text, kind, {})
    told = same.decode() if isinstance(same, bytes) else text or ""
    if not any(one in told for one in made):
        return lambda _: same
    return lambda names: value(text, kind, names)


def locked(values: list[Any], moved: Mapping[int, int]) -> list[Any]:
    """The locks of this order, in the order of their buckets, or two orders would wait for each other."""
    numbers = next(
        one for one in values if isinstance(one, list) and isinstance(one[0], int) and one[0] is not True
    )
    flags = next(one for one in values if isinstance(one, list) and isinstance(one[0], bool))
    pairs = sorted((moved.get(number, number), flag) for number, flag in zip(numbers, flags, strict=True))
    told = {id(numbers): [number for number, _ in pairs], id(flags): [flag for _, flag in pairs]}
    return [told.get(id(one), one) for one in values]
