"""Reactions to events: each tells one person, once. Handing the message over is not done here."""

from uuid import UUID

from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.reaction import on
from services.chassis.tx import Tx
from services.notify import queries
from services.notify.domain import Message
from services.notify.events import (
    LineFilled,
    LineShort,
    LotListed,
    OrderCancelled,
    OrderChanged,
    OrderPlaced,
    ShareAnswered,
    ShareChanged,
    ShareCommitted,
    ShareLapsed,
    ShareOffered,
    ToBuyer,
    ToSeller,
)
from services.notify.rendering import template_of, text_for


@on(LotListed)
@on(ShareOffered)
@on(ShareAnswered)
@on(ShareLapsed)
@on(ShareChanged)
@on(ShareCommitted)
async def tell_the_seller(event: ToSeller, tx: Tx) -> None:
    await tell(tx, event.seller_id, event)


@on(OrderPlaced)
@on(OrderChanged)
@on(OrderCancelled)
@on(LineFilled)
@on(LineShort)
async def tell_the_buyer(event: ToBuyer, tx: Tx) -> None:
    await tell(tx, event.buyer_id, event)


async def tell(tx: Tx, person_id: UUID, event: Event) -> None:
    """Store the message for the person, in his language where we know it, else in Indonesian."""
    contact = await queries.contact_of_person(tx, person_id)
    message = Message(
        id=new_id(),
        person_id=person_id,
        fact=fact(tx),
        subject=event.key,
        subject_version=event.version,
        template=template_of(event),
        text=text_for(event, contact.language if contact else "id", contact.name if contact else None),
        stored_at=await tx.now(),
    )
    await queries.store_once(tx, message)


def fact(tx: Tx) -> UUID:
    """The id of the event that is being told."""
    if tx.cause is None:
        raise TypeError("nothing happened that could be told")
    return tx.cause.id
