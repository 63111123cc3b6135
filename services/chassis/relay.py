"""The relay: carries the outbox to Kafka in the order of commitment, at least once, never out of order."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from services.chassis import points
from services.chassis.failure import attempts, in_words, is_transient, pause
from services.chassis.leader import Seat, beat_until
from services.chassis.message import message
from services.chassis.partitioner import partition
from services.chassis.spans import Spans

log = logging.getLogger(__name__)

GROUP = 2_000
POLL_S = 0.1
STANDBY_S = 0.25
SEND_S = 120
REQUEST_MS = 15_000
SILENT_S = 3
STOP_S = 2
CONNECT_S = 5
LARGEST_MESSAGE = 1_000_000 + 64 * 1024

# A cursor that a crash of the server sets back repeats events and loses none: it need not wait for the disk.
_SETTINGS = {"synchronous_commit": "off"}

# Below the oldest running transaction nothing can be committed any more: no event is ever passed over.
_WAITING = """
    SELECT *, xid::text AS at_xid FROM outbox
    WHERE (xid, id) > (SELECT relay.xid, last_id FROM relay WHERE relay.id = 1)
      AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id LIMIT $1
"""
_WAITING_AFTER = _WAITING.replace(
    "(SELECT relay.xid, last_id FROM relay WHERE relay.id = 1)", "($2::text::xid8, $3)"
)
_ADVANCE = (
    "UPDATE relay SET xid = $1::text::xid8, last_id = $2, beat = clock_timestamp()"
    " WHERE id = 1 AND pid = pg_backend_pid()"
)


@dataclass(slots=True)
class Relay:
    """One replica's relay: it leads, or stands by. `wake` is set when a transaction that emitted commits."""

    database_url: str
    brokers: Sequence[str]
    service: str
    wake: asyncio.Event
    spans: Spans = field(default_factory=Spans)
    leads: bool = False
    waits_for: str = ""

    async def run(self, stopping: asyncio.Event) -> None:
        """Lead or stand by until told to stop; a leader carries what is left before it goes."""
        async for _ in attempts(stopping):
            try:
                await self._serve(stopping)
            except Exception as error:
                cause = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
                if not is_transient(cause) and not isinstance(
                    cause, KafkaError | asyncpg.PostgresConnectionError
                ):
                    raise
                self.waits_for = in_words(cause)
                log.warning("the relay starts over: %s", self.waits_for)
            finally:
                self.leads = False

    async def _serve(self, stopping: asyncio.Event) -> None:
        session = await asyncpg.connect(
            self.database_url, timeout=CONNECT_S, command_timeout=15, server_settings=_SETTINGS
        )
        try:
            seat = Seat(session)
            while not stopping.is_set() and not await seat.take():
                self.waits_for = ""
                await pause(stopping, STANDBY_S)
            if not stopping.is_set():
                await self._lead(seat, stopping)
        finally:
            session.terminate()

    async def _lead(self, seat: Seat, stopping: asyncio.Event) -> None:
        turn, done = asyncio.Lock(), asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(beat_until(seat, turn, done))
            producer = await self._producer()
            try:
                self.leads, self.waits_for = True, ""
                await self._carry(producer, seat.session, turn, stopping)
            finally:
                done.set()
                await _close(producer)

    async def _producer(self) -> Any:
        producer = AIOKafkaProducer(
            bootstrap_servers=list(self.brokers),
            client_id=f"{self.service}-relay",
            enable_idempotence=True,
            acks="all",
            partitioner=partition,
            linger_ms=2,
            max_batch_size=128 * 1024,
            max_request_size=LARGEST_MESSAGE,
            request_timeout_ms=REQUEST_MS,
        )
        try:
            await asyncio.wait_for(producer.start(), CONNECT_S)
        except BaseException:
            await _close(producer)
            raise
        return producer

    async def _carry(self, producer: Any, session: Any, turn: asyncio.Lock, stopping: asyncio.Event) -> None:
        last, rows = False, await self._waiting(session, turn)
        while True:
            if rows:
                rows = await self._carry_group(producer, session, turn, rows)
            elif last:
                return
            else:
                last = stopping.is_set()
                await _first(self.wake, stopping, POLL_S)
                rows = await self._waiting(session, turn)

    async def _carry_group(
        self, producer: Any, session: Any, turn: asyncio.Lock, rows: Sequence[Any]
    ) -> Sequence[Any]:
        """Publish a group and move the cursor; answer the next, read meanwhile where this one was full."""
        following = self._waiting(session, turn, rows[-1]) if len(rows) == GROUP else None
        reading = asyncio.ensure_future(following) if following else None
        try:
            await self._publish(producer, rows)
            await points.reached("group-sent")
            await self._advance(session, turn, rows[-1])
            return await (reading or self._waiting(session, turn))
        finally:
            if reading:
                reading.cancel()

    async def _waiting(self, session: Any, turn: asyncio.Lock, after: Any = None) -> Sequence[Any]:
        """The next group behind this row, or behind the cursor."""
        self.wake.clear()
        async with turn:
            if after is None:
                found: Sequence[Any] = await session.fetch(_WAITING, GROUP)
            else:
                found = await session.fetch(_WAITING_AFTER, GROUP, after["at_xid"], after["id"])
        return found

    async def _publish(self, producer: Any, rows: Sequence[Any]) -> None:
        silence = asyncio.get_running_loop().call_later(SILENT_S, self._notice_silence)
        try:
            async with asyncio.timeout(SEND_S):
                sent = [await producer.send(row["aggregatetype"], **message(row)) for row in rows]
                await asyncio.gather(*sent)
            self.spans.carried(rows)
            self.waits_for = ""
        finally:
            silence.cancel()

    def _notice_silence(self) -> None:
        self.waits_for = f"Kafka: nothing acknowledged for {SILENT_S} s"

    async def _advance(self, session: Any, turn: asyncio.Lock, row: Any) -> None:
        async with turn:
            moved = await session.execute(_ADVANCE, row["at_xid"], row["id"])
        if moved != "UPDATE 1":
            raise ConnectionError("another replica leads now")


async def _first(wake: asyncio.Event, stopping: asyncio.Event, seconds: float) -> None:
    waiting = [asyncio.ensure_future(one.wait()) for one in (wake, stopping)]
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()


async def _close(producer: Any) -> None:
    # `stop` would send what is left: after a failed send, that would leave before what comes before it
    sending = producer._sender.sender_task
    if sending is not None:
        sending.cancel()
    try:
        async with asyncio.timeout(STOP_S):
            await producer.client.close()
            await producer.stop()
    except (KafkaError, OSError, TimeoutError) as error:
        log.info("left Kafka without a goodbye: %s", error)
