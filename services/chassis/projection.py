"""Projections: tables that hold nothing but what others' events say, kept one statement for many events."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Table, Update, case, column, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.event import Event
from services.chassis.recordset import inserted, recordset, spoken
from services.chassis.tx import Tx

Told = TypeVar("Told", bound=Event)


@dataclass(frozen=True, slots=True)
class Projection:
    """What a service keeps in one table of these events: it can be made anew from their topics.

    `keep` takes events in order, touches this table alone, and does not mind an event that it has had.
    """

    table: Table
    events: tuple[type[Event], ...]
    keep: Callable[[Tx, Sequence[Any]], Awaitable[None]]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(event.topic for event in self.events)


class First(NamedTuple):
    """What makes a row: its values, `id` and `version` among them. Where the row is already, nothing happens."""

    id: UUID
    row: Mapping[str, Any]


class Later(NamedTuple):
    """What changes a row that is there, unless the row has this version or a later one."""

    id: UUID
    version: int
    news: Mapping[str, Any]


async def keep_latest(tx: Tx, table: Table, told: Iterable[First | Later]) -> None:
    """The same rows as one by one, in at most three statements."""
    born: dict[UUID, Mapping[str, Any]] = {}
    before: list[Later] = []
    after: list[Later] = []
    for one in told:
        if isinstance(one, First):
            born.setdefault(one.id, one.row)
        else:
            (after if one.id in born else before).append(one)
    await _change(tx, table, before)
    if born:
        rows = [*born.values()]
        await tx.execute(inserted(table, tuple(rows[0])), spoken(rows))
    await _change(tx, table, after)


async def keep_newest(
    tx: Tx, table: Table, told: Iterable[Told], row: Callable[[Told], Mapping[str, Any]]
) -> None:
    """The row of each aggregate's highest version, where the table has none or an earlier one; in one statement."""
    upsert = insert(table).values([row(event) for event in _newest(told)])
    earlier = table.c.version < upsert.excluded.version
    anew = {one.name: upsert.excluded[one.name] for one in table.c}
    await tx.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=anew, where=earlier))


def _newest(events: Iterable[Told]) -> list[Told]:
    """The highest version of each aggregate; the first told where two have the same."""
    found: dict[UUID, Told] = {}
    for event in events:
        if event.key not in found or found[event.key].version < event.version:
            found[event.key] = event
    return [*found.values()]


async def _change(tx: Tx, table: Table, laters: Sequence[Later]) -> None:
    if not laters:
        return
    changes = _changes(laters)
    names = sorted({name for change in changes.values() for name in change.news})
    rows = [{"id": of, "version": change.version, **_news(change)} for of, change in changes.items()]
    await tx.execute(_updated(table, tuple(names)), spoken(rows))


def _news(change: Later) -> dict[str, Any]:
    told = {name: value for name, (value, _) in change.news.items()}
    return told | {f"{name}_at": version for name, (_, version) in change.news.items()}


@cache
def _updated(table: Table, names: tuple[str, ...]) -> Update:
    """Each column where what was told of it is newer than the row; a row is told nothing of the columns it lacks."""
    columns = [column("id", table.c.id.type), column("version", Integer)]
    for name in names:
        columns += [column(name, table.c[name].type), column(f"{name}_at", Integer)]
    told = recordset(*columns)
    wanted: dict[str, ColumnElement[Any]] = {
        name: case((told.c[f"{name}_at"] > table.c.version, told.c[name]), else_=table.c[name])
        for name in names
    }
    older = table.c.id == told.c.id, table.c.version < told.c.version
    return update(table).where(*older).values(**wanted, version=told.c.version)


def _changes(laters: Iterable[Later]) -> dict[UUID, Later]:
    """Of each row the highest version, and of each column its last value with the version that told it.

    What is not newer than all told before it in the group would change nothing, whatever the row's version is.
    """
    found: dict[UUID, Later] = {}
    for one in laters:
        known = found.get(one.id, Later(one.id, 0, {}))
        if one.version > known.version:
            told = {name: (value, one.version) for name, value in one.news.items()}
            found[one.id] = Later(one.id, one.version, {**known.news, **told})
    return found
