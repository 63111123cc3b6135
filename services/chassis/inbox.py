"""What has been taken in: ids that were applied, keys that are parked, positions that were reached."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.chassis.ids import new_id
from services.chassis.record import Delivery, Poison, Record
from services.chassis.tables import inbox, outbox, parked, positions
from services.chassis.tx import Tx

LONGEST_CAUSE = 2_000


async def first_time(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Note the ids as applied by this transaction; answer those that were not applied before."""
    if not ids:
        return set()
    noted = insert(inbox).values([{"id": one} for one in sorted(set(ids))]).on_conflict_do_nothing()
    return set(await tx.scalars(noted.returning(inbox.c.id)))


async def parked_keys(tx: Tx, records: Iterable[Record]) -> set[tuple[str, str]]:
    """Those (topic, key) of the records for which an earlier event is parked."""
    wanted = {(record.topic, record.key_text) for record in records}
    found = await tx.execute(
        select(parked.c.topic, parked.c.key)
        .distinct()
        .where(tuple_(parked.c.topic, parked.c.key).in_(wanted))
    )
    return {(one.topic, one.key) for one in found}


async def park(tx: Tx, item: Delivery | Poison, cause: str) -> None:
    """Set a record aside with its cause, and send the untouched original to the dead-letter topic."""
    record, envelope = item.record, item.envelope
    row = {
        "id": item.id,
        "topic": record.topic,
        "partition": record.partition,
        "record_offset": record.offset,
        "key": record.key_text.replace("\0", "\\x00"),
        "event_id": envelope.id if envelope else None,
        "type": envelope.type if envelope else None,
        "version": envelope.version if envelope else None,
        "original": record.original,
        "value": record.value or b"",
        "cause": cause[:LONGEST_CAUSE].replace("\0", "\\x00"),
    }
    await tx.execute(insert(parked).values(row).on_conflict_do_nothing())
    await _dead_letter(tx, item, row["cause"])


async def _dead_letter(tx: Tx, item: Delivery | Poison, cause: object) -> None:
    record, envelope = item.record, item.envelope
    original = record.original | {"cause": cause, "service": tx.service, "place": record.place}
    row = {
        "id": new_id(),
        "aggregatetype": f"{tx.service}.dead-letters",
        "aggregateid": record.key_text.replace("\0", "\\x00"),
        "type": envelope.type if envelope else "unreadable",
        "payload": record.value or b"",
        "version": envelope.version if envelope else 0,
        "time": await tx.now(),
        "source": f"/lumbung/{tx.service}",
        "actor": tx.actor,
        "original": original,
    }
    await tx.execute(insert(outbox).values(row))


async def move_on(tx: Tx, records: Iterable[Record]) -> None:
    """Store, per partition, the offset after the last of these records."""
    reached = {(record.topic, record.partition): record.offset + 1 for record in records}
    rows = [
        {"topic": topic, "partition": part, "next_offset": to}
        for (topic, part), to in sorted(reached.items())
    ]
    stored = insert(positions).values(rows)
    later = func.greatest(positions.c.next_offset, stored.excluded.next_offset)
    await tx.execute(
        stored.on_conflict_do_update(
            index_elements=[positions.c.topic, positions.c.partition], set_={"next_offset": later}
        )
    )
