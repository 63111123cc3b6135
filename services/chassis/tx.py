"""One transaction as service code sees it: it can lock, read, write and emit, and it cannot commit."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Executable, Result, ScalarResult, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.chassis import locks
from services.chassis.access import Caller
from services.chassis.clock import Clock
from services.chassis.envelope import Envelope
from services.chassis.locks import Key
from services.chassis.outbox import Outgoing, stored
from services.chassis.tables import due
from services.chassis.trace import Origin

K = TypeVar("K", bound=Key)
Entity = TypeVar("Entity")


class Tx:
    """What a handler or endpoint may do with its transaction; the edge opens and commits it."""

    def __init__(
        self,
        session: AsyncSession,
        clock: Clock,
        *,
        service: str,
        caller: Caller,
        origin: Origin,
    ) -> None:
        self.service = service
        self.caller = caller
        self.cause: Envelope | None = None
        self.begun_by = origin
        self.outgoing: list[Outgoing] = []
        self._session = session
        self._clock = clock
        self._now: datetime | None = None
        self._locked: frozenset[str] | None = None

    @property
    def actor(self) -> str:
        """Who acts, as the envelope and the timeline name it: `role:id`, or `service:name`."""
        return self.caller.actor

    @property
    def origin(self) -> Origin:
        """Where what happens here comes from: the event that is handled, or whatever began the transaction."""
        if self.cause:
            return Origin(self.cause.traceparent, str(self.cause.id))
        return self.begun_by

    @property
    def on_behalf_of(self) -> str | None:
        return str(self.caller.on_behalf_of) if self.caller.on_behalf_of else None

    async def lock(self, *keys: K, shared: Key | None = None) -> K:
        """Lock the aggregates this transaction will emit for, until it ends; answer the first of them.

        Once, before the first write (an inbox row and every `SELECT ... FOR UPDATE` are writes): only then
        is the order of transaction ids the order of changes. What was read before is forgotten.

        Raises:
            LockedTooLate: after a write, or a second time.
        """
        if self._locked is not None:
            raise locks.LockedTooLate(f"lock {keys} once, before the first write")
        self._locked = frozenset(map(str, keys))
        await locks.take(self._session, keys, shared)
        self._session.expunge_all()
        return keys[0]

    def holds(self, key: Key) -> bool:
        """Whether this transaction locked the key."""
        return self._locked is not None and str(key) in self._locked

    async def now(self) -> datetime:
        """The judged time (aware UTC); the same moment for the whole transaction."""
        if self._now is None:
            self._now = await self._clock.now(await self._session.connection())
        return self._now

    async def execute(self, statement: Executable, params: Any = None) -> Result[Any]:
        return await self._session.execute(statement, params)

    async def scalar(self, statement: Executable, params: Any = None) -> Any:
        return await self._session.scalar(statement, params)

    async def scalars(self, statement: Executable, params: Any = None) -> ScalarResult[Any]:
        return await self._session.scalars(statement, params)

    async def get(self, entity: type[Entity], key: object) -> Entity | None:
        return await self._session.get(entity, key)

    def add(self, entity: object) -> None:
        self._session.add(entity)

    async def flush(self) -> None:
        """Write what was added and changed, for a generated value or a constraint that is needed now."""
        await self._session.flush()

    async def schedule(self, kind: str, key: Key, at: datetime) -> None:
        """Let the service's `@due(kind)` run for `key` once `at` has passed; a later call moves it."""
        origin = {"traceparent": self.origin.traceparent, "causationid": self.origin.caused_by}
        again = {"at": at, "attempts": 0, "not_before": None, **origin}
        upsert = insert(due).values(kind=kind, key=str(key), **again)
        await self._session.execute(
            upsert.on_conflict_do_update(index_elements=[due.c.kind, due.c.key], set_=again)
        )

    async def unschedule(self, kind: str, key: Key) -> None:
        await self._session.execute(delete(due).where(due.c.kind == kind, due.c.key == str(key)))

    async def store_outgoing(self) -> None:
        """Write changed objects and the emitted events; the edge calls this just before it commits."""
        await self._session.flush()
        if self.outgoing:
            await self._session.execute(*stored(self, await self.now()))
            self.outgoing.clear()
