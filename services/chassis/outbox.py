"""Publishing: an event is a row of the outbox, written by the transaction that made it true."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import Insert, insert

from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.tables import outbox
from services.chassis.trace import Origin

if TYPE_CHECKING:
    from services.chassis.tx import Tx

_STORE = insert(outbox)

LARGEST_VALUE = 900_000
"""Bytes. One larger row would block the relay for ever; large things travel as id and hash."""


class Outgoing(NamedTuple):
    """An emitted event on its way to the outbox, and where it comes from."""

    id: UUID
    event: Event
    value: bytes
    origin: Origin


class NotLocked(Exception):
    """An event was emitted for an aggregate that this transaction neither locked nor created."""


class TooLarge(Exception):
    """An event's value is over `LARGEST_VALUE` bytes."""


def emit(tx: "Tx", event: Event) -> None:
    """Publish a fact with this transaction: when it commits, and only then.

    Raises:
        NotLocked: the aggregate's key was not locked before the first write, so order could break.
        TooLarge: the value would not fit a Kafka message.
    """
    if event.version > 1 and not tx.holds(event.key):
        raise NotLocked(f"{event.type} for {event.key}: lock its key before the first write")
    value = event.model_dump_json().encode()
    if len(value) > LARGEST_VALUE:
        raise TooLarge(f"{event.type} for {event.key} has {len(value)} bytes, {LARGEST_VALUE} are allowed")
    tx.outgoing.append(Outgoing(new_id(), event, value, tx.origin))


def stored(tx: "Tx", at: datetime) -> tuple[Insert, list[dict[str, Any]]]:
    """The statement and the rows that store what was emitted, in that order."""
    said = {"time": at, "source": f"/lumbung/{tx.service}", "actor": tx.actor, "onbehalfof": tx.on_behalf_of}
    return _STORE, [_row(outgoing) | said for outgoing in tx.outgoing]


def _row(outgoing: Outgoing) -> dict[str, Any]:
    event, origin = outgoing.event, outgoing.origin
    return {
        "id": outgoing.id,
        "aggregatetype": event.topic,
        "aggregateid": str(event.key),
        "type": event.type,
        "payload": outgoing.value,
        "version": event.version,
        "causationid": origin.caused_by,
        "traceparent": origin.traceparent,
    }
