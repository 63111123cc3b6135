"""A wish, and the book of those that are granted as things stand on the stage."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from services.chassis.access import Caller
from tests.openapi.stage import Json, Stage


@dataclass(frozen=True)
class Wish:
    """Who wishes what of which thing."""

    caller: Caller | None
    ids: Json = field(default_factory=dict)
    body: Any = None
    query: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


WISHES: dict[str, Callable[[Stage], Awaitable[Wish]]] = {}
Maker = Callable[[Stage], Awaitable[Wish]]


def wish(operation: str) -> Callable[[Maker], Maker]:
    def keep(make: Maker) -> Maker:
        WISHES[operation] = make
        return make

    return keep
