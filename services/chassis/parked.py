"""What an operator does about parked events: each step is one transaction that also writes down who, when and why."""

import asyncio
import base64
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Row, Select, Uuid, any_, delete, insert, literal, select, update

from services.chassis import inbox, parked_lock, points
from services.chassis.database import Database
from services.chassis.failure import LocksMoved, is_transient, until_first
from services.chassis.group import DEADLINE_S
from services.chassis.parked_lock import ParkedKey, alone
from services.chassis.reaction import Discarded, Reactions, lock_for
from services.chassis.record import Delivery, Poison, Record, read
from services.chassis.tables import parked, parked_history
from services.chassis.tx import Tx

_KEPT = [one.name for one in parked.c if one.name != "id"]


class Operator(NamedTuple):
    """Who does it, and why."""

    who: str
    why: str


class Replayed(NamedTuple):
    """How many events were handled, and why the next one could not be; nothing when none is left."""

    done: int
    stopped_by: str


class Parked:
    """The parked events of one service."""

    def __init__(self, database: Database, reactions: Reactions) -> None:
        self._database = database
        self._reactions = reactions

    async def replay(self, at: ParkedKey, operator: Operator) -> Replayed:
        """Handle the key's events in version order, each in a transaction of its own, until none is left or one fails.

        Raises:
            Busy: another operator is at this key.
        """
        done = 0
        async with alone(self._database, at):
            while (row := await self._first(at)) is not None:
                item = read(record_of(row), self._reactions)
                if cause := await self._replay_one(row, item, operator):
                    await self._note_failure(row, item, cause, operator)
                    return Replayed(done, cause)
                done += 1
        return Replayed(done, "")

    async def discard(self, at: ParkedKey, operator: Operator, *, only_first: bool = False) -> int:
        """Give the key's events up, or only the first of them; answers how many. The history keeps the originals.

        Raises:
            Busy: another operator is at this key.
        """
        most = 1 if only_first else None
        async with alone(self._database, at):
            return await until_first(lambda: self._give_up(at, operator, most))

    async def _give_up(self, at: ParkedKey, operator: Operator, most: int | None) -> int:
        farewell = self._reactions.farewells.get(at[0])
        async with self._database.transaction() as tx:
            if farewell:
                await lock_for(tx, (farewell.keys, at[1]))
            await parked_lock.hold(tx, at)
            wanted = _in_order(at).with_only_columns(parked.c.id, parked.c.version)
            gone = (await tx.execute(wanted.limit(most))).all()
            if farewell and gone:
                await farewell.handler(Discarded(*at, tuple(row.version for row in gone)), tx)
            await _close(tx, [row.id for row in gone], "discarded", operator)
        return len(gone)

    async def _first(self, at: ParkedKey) -> Row[Any] | None:
        async with self._database.transaction() as tx:
            return (await tx.execute(_in_order(at).limit(1))).one_or_none()

    async def _replay_one(self, row: Row[Any], item: Delivery | Poison | None, operator: Operator) -> str:
        """Why it cannot be handled; nothing once it is."""
        if isinstance(item, Poison):
            return item.cause
        try:
            await until_first(lambda: self._handle(row, item, operator))
        except Exception as error:
            if is_transient(error):
                raise
            return f"{type(error).__name__}: {error}"
        return ""

    async def _handle(self, row: Row[Any], item: Delivery | None, operator: Operator) -> None:
        at = row.topic, row.key
        async with asyncio.timeout(DEADLINE_S), self._database.transaction() as tx:
            if item:
                await lock_for(tx, item.declared)
            await parked_lock.hold(tx, at)
            first = (await tx.execute(_in_order(at).limit(1))).one_or_none()
            if first is None or first.id != row.id:
                raise LocksMoved
            if item:
                tx.cause = item.envelope
                await item.reaction.handler(item.event, tx)
            await _close(tx, [row.id], "replayed", operator)
            await points.reached("event-replayed")

    async def _note_failure(
        self, row: Row[Any], item: Delivery | Poison | None, cause: str, operator: Operator
    ) -> None:
        again = {"tries": row.tries + 1, "cause": inbox.cause_as_kept(cause)}
        async with self._database.transaction() as tx:
            await parked_lock.hold(tx, (row.topic, row.key))
            await tx.execute(update(parked).where(parked.c.id == row.id).values(again))
            await tx.execute(_into_history(select(parked).where(parked.c.id == row.id), "failed", operator))
            if item:
                await inbox.dead_letter(tx, item, cause, row.tries + 1)


def record_of(row: Row[Any]) -> Record:
    """The record as it came."""
    headers = [(name, _bytes(value)) for name, value in row.original["headers"]]
    value = row.value if row.original["has_value"] else None
    return Record(row.topic, row.partition, row.record_offset, _bytes(row.original["key"]), value, headers)


def in_order(wanted: Select[Any]) -> Select[Any]:
    """By key, in version order; what has no readable version comes first: nobody knows what it precedes."""
    within = parked.c.version.asc().nulls_first(), parked.c.record_offset
    return wanted.order_by(parked.c.topic, parked.c.key, *within)


def _in_order(at: ParkedKey) -> Select[Any]:
    return in_order(select(parked).where(parked.c.topic == at[0], parked.c.key == at[1]))


async def _close(tx: Tx, ids: Sequence[UUID], action: str, operator: Operator) -> None:
    these = parked.c.id == any_(literal(list(ids), ARRAY(Uuid)))
    closed = delete(parked).where(these).returning(*parked.c).cte("closed")
    await tx.execute(_into_history(select(closed), action, operator))


def _into_history(events: Select[Any], action: str, operator: Operator) -> Any:
    found = events.subquery("found")
    kept = [found.c.id, *[found.c[name] for name in _KEPT]]
    said = literal(action), literal(operator.who), literal(operator.why)
    names = ["action", "who", "why", "parked_id", *_KEPT]
    return insert(parked_history).from_select(names, select(*said, *kept))


def _bytes(encoded: str | None) -> bytes | None:
    return None if encoded is None else base64.b64decode(encoded)
