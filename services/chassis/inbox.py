"""What has been taken in: ids that were applied, keys that are parked, positions that were reached."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import insert

from services.chassis import parked_lock
from services.chassis.ids import new_id
from services.chassis.parked_lock import ParkedKey
from services.chassis.record import Delivery, Poison, Record
from services.chassis.tables import outbox, parked
from services.chassis.tx import Tx

LONGEST_CAUSE = 2_000

# One array for each column, whatever the group's size: the statement stays the same, and so does its plan.
_NOTED = text("INSERT INTO inbox (id) SELECT unnest(:ids) ON CONFLICT DO NOTHING RETURNING id").bindparams(
    bindparam("ids", type_=ARRAY(Uuid))
)
_PARKED = text(
    "SELECT DISTINCT topic, key FROM parked JOIN unnest(:topics, :keys) AS wanted (topic, key) USING (topic, key)"
).bindparams(bindparam("topics", type_=ARRAY(Text)), bindparam("keys", type_=ARRAY(Text)))
_MOVED = text(
    "INSERT INTO positions (topic, partition, next_offset) SELECT * FROM unnest(:topics, :parts, :offsets)"
    " ON CONFLICT (topic, partition)"
    " DO UPDATE SET next_offset = greatest(positions.next_offset, excluded.next_offset)"
).bindparams(
    bindparam("topics", type_=ARRAY(Text)),
    bindparam("parts", type_=ARRAY(Integer)),
    bindparam("offsets", type_=ARRAY(BigInteger)),
)


async def first_time(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Note the ids as applied by this transaction; answer those that were not applied before."""
    if not ids:
        return set()
    return set(await tx.scalars(_NOTED, {"ids": sorted(set(ids))}))


async def parked_keys(tx: Tx, records: Iterable[Record]) -> set[ParkedKey]:
    """Those (topic, key) of the records for which an earlier event is parked."""
    found = await _parked_of(tx, {(record.topic, record.key_text) for record in records})
    if not found:
        return found
    await parked_lock.share(tx, found)  # an operator may just be emptying one of them
    return await _parked_of(tx, found)


async def _parked_of(tx: Tx, keys: Iterable[ParkedKey]) -> set[ParkedKey]:
    topics, names = zip(*sorted(keys), strict=True)
    rows = await tx.execute(_PARKED, {"topics": topics, "keys": names})
    return {(one.topic, one.key) for one in rows}


async def park(tx: Tx, item: Delivery | Poison, cause: str, tries: int = 1) -> None:
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
        "cause": cause_as_kept(cause),
        "tries": tries,
    }
    await tx.execute(insert(parked).values(row).on_conflict_do_nothing())
    await dead_letter(tx, item, cause, tries)


def cause_as_kept(cause: str) -> str:
    return cause[:LONGEST_CAUSE].replace("\0", "\\x00")


async def dead_letter(tx: Tx, item: Delivery | Poison, cause: str, tries: int) -> None:
    """Tell the dead-letter topic: the original as it came, why it is here, and how often it was tried."""
    record, envelope = item.record, item.envelope
    said = {"cause": cause_as_kept(cause), "count": tries, "service": tx.service, "place": record.place}
    original = record.original | said
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
    topics, parts = zip(*sorted(reached), strict=True)
    offsets = [reached[one] for one in sorted(reached)]
    await tx.execute(_MOVED, {"topics": topics, "parts": parts, "offsets": offsets})
