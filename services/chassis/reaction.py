"""`@on` and `@due`: what a service does when something happened, or when a time has come."""

import inspect
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from services.chassis.ahead import Work
from services.chassis.event import Event, family
from services.chassis.failure import LocksMoved
from services.chassis.locks import Key
from services.chassis.tx import Tx

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[None]])
Keys = Callable[..., Any]
"""`f(event) -> ids`, or `async f(tx, event) -> ids`: a query is read, locked, and read again."""
Declared = tuple[Keys | None, Any]
"""What a reaction says it may emit for, and the event, the due row's key or the given-up key it is asked for."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """A handler of one event type, and the keys it will emit for (none: it only projects)."""

    event: type[Event]
    handler: Callable[[Any, Tx], Awaitable[None]]
    keys: Keys | None
    together: Callable[[Any, Tx], Awaitable[None]] | None = None
    """The handler's form for many events in a row: the same rows as one by one."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A handler of one kind of due row; `hears` are topics that must be consumed to the end before it runs.

    `work` is done before, outside any transaction; the handler gets what came of it.
    """

    kind: str
    handler: Callable[..., Awaitable[None]]
    keys: Keys
    hears: tuple[str, ...]
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Discarded:
    """What an operator gives up for ever: parked events of one key, by version; None where nobody can read it."""

    topic: str
    key: str
    versions: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Farewell:
    """A handler for events of a topic that an operator discards, and the keys it must lock."""

    topic: str
    handler: Callable[[Any, Tx], Awaitable[None]]
    keys: Keys


def on(
    event: type[Event], keys: Keys | None = None, together: Callable[..., Awaitable[None]] | None = None
) -> Callable[[Handler], Handler]:
    """React to an event of another service: `async def effect(event, tx) -> None`.

    `together`, `async def effects(events, tx) -> None`, does the same for many events in a row, in their order;
    events of all types that name it come to it in one call.
    """

    def register(handler: Handler) -> Handler:
        vars(handler).setdefault("reactions", []).append(Reaction(event, handler, keys, together))
        return handler

    return register


def due(
    kind: str, keys: Keys, hears: Iterable[str] = (), work: Work | None = None
) -> Callable[[Handler], Handler]:
    """React when a row of `tx.schedule(kind, key, at)` falls due: `async def effect(key: UUID, tx) -> None`.

    `keys(key)` or `async keys(tx, key)` names what it emits for. A duty that ends what others may still
    say names their topics in `hears`: it waits until they are consumed to their ends as of the due time.
    One that needs a long computation names it as `work`, and takes its result as a third argument.
    """

    def register(handler: Handler) -> Handler:
        vars(handler).setdefault("duties", []).append(Duty(kind, handler, keys, tuple(hears), work))
        return handler

    return register


def discarded(topic: str, keys: Keys) -> Callable[[Handler], Handler]:
    """React when an operator discards parked events of a topic: `async def effect(gone: Discarded, tx) -> None`."""

    def register(handler: Handler) -> Handler:
        vars(handler).setdefault("farewells", []).append(Farewell(topic, handler, keys))
        return handler

    return register


class Reactions:
    """All that one service reacts to, found in its handler modules.

    Raises:
        ValueError: two handlers for one event type or one kind of due row, or a duty that hears a topic
            which no handler subscribes to.
    """

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        self.by_type: dict[str, Reaction] = {}
        self.duties: dict[str, Duty] = {}
        self.farewells: dict[str, Farewell] = {}
        for handler in _handlers(modules):
            for reaction in vars(handler).get("reactions", []):
                _once(self.by_type, reaction.event.type, reaction)
            for duty in vars(handler).get("duties", []):
                _once(self.duties, duty.kind, duty)
            for farewell in vars(handler).get("farewells", []):
                _once(self.farewells, farewell.topic, farewell)

        self.families = frozenset(map(family, self.by_type))
        for duty in self.duties.values():
            if deaf := set(duty.hears) - self.topics:
                raise ValueError(f"{duty.kind} would wait for ever: nothing is heard of {sorted(deaf)}")

    @property
    def topics(self) -> frozenset[str]:
        """The topics the service subscribes to."""
        return frozenset(reaction.event.topic for reaction in self.by_type.values())


def _handlers(modules: Iterable[ModuleType]) -> Iterable[Any]:
    found = {
        id(thing): thing for module in modules for _, thing in inspect.getmembers(module, inspect.isfunction)
    }
    return found.values()


def _once(known: dict[str, Any], name: str, new: object) -> None:
    if name in known:
        raise ValueError(f"two handlers for {name}")
    known[name] = new


async def lock_for(tx: Tx, *declared: Declared) -> None:
    """Lock all that these reactions may emit for.

    Raises:
        LocksMoved: it changed while waiting.
    """
    keys = await _keys(tx, declared)
    if keys:
        await tx.lock(*keys)
        if not await _keys(tx, declared) <= keys:
            raise LocksMoved


async def _keys(tx: Tx, declared: Iterable[Declared]) -> set[Key]:
    found: set[Key] = set()
    for keys, subject in declared:
        if keys:
            told = await keys(tx, subject) if inspect.iscoroutinefunction(keys) else keys(subject)
            found |= {told} if isinstance(told, Key) else set(told)
    return found
