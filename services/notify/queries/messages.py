"""Messages: stored once per person and fact, read and handed over in the order they were stored."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.notify.domain import Message, Receipt, Status
from services.notify.events import ChannelName
from services.notify.queries.contacts import check_may_read
from services.notify.tables import delivery_attempts, messages


async def store_once(tx: Tx, message: Message) -> None:
    """Store a message, unless this person was already told this fact in this way."""
    row = {column.name: getattr(message, column.name) for column in messages.c if column.name != "number"}
    await tx.execute(insert(messages).values(row).on_conflict_do_nothing())


async def message_for(tx: Tx, message_id: UUID, caller: Caller) -> Message:
    """One message, if it is the caller's to read."""
    message = await tx.get(Message, message_id)
    if message is None:
        raise NotFound
    await check_may_read(tx, message.person_id, caller)
    return message


async def messages_of(tx: Tx, person_id: UUID, part: Slice) -> Sequence[Message]:
    """A person's messages in the order they were stored, newest last; one more than the page holds."""
    theirs = select(Message).where(messages.c.person_id == person_id)
    if part.after is not None:
        before = select(messages.c.number).where(
            messages.c.id == part.after, messages.c.person_id == person_id
        )
        theirs = theirs.where(messages.c.number > before.scalar_subquery())
    return (await tx.scalars(theirs.order_by(messages.c.number).limit(part.limit + 1))).all()


async def first_waiting(tx: Tx, person_id: UUID) -> Message | None:
    """The message that must be handed over before any other of this person."""
    waiting = select(Message).where(messages.c.person_id == person_id, messages.c.status == Status.WAITING)
    return (await tx.scalars(waiting.order_by(messages.c.number).limit(1))).first()


async def note_attempt(tx: Tx, message: Message, channel: ChannelName, receipt: Receipt) -> None:
    """Remember one attempt: when, by which channel, what became of it, and what it cost."""
    row = {
        "message_id": message.id,
        "attempt": message.attempts,
        "at": await tx.now(),
        "channel": channel,
        "outcome": receipt.outcome,
        "detail": receipt.detail,
        "cost": receipt.cost,
    }
    await tx.execute(insert(delivery_attempts).values(row))
