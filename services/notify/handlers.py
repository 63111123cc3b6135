"""Reactions to events: each tells one person, once. Handing the message over is not done here."""

from uuid import UUID

from services.chassis.event import Event
from services.chassis.ids import new_id
from services.chassis.reaction import on
from services.chassis.tx import Tx
from services.notify import queries
from services.notify.domain import Message, Place, Word
from services.notify.events import (
    LineCollected,
    LineFilled,
    LineShort,
    LotListed,
    LotWeighed,
    OrderCancelled,
    OrderChanged,
    OrderEndedShort,
    OrderPlaced,
    OrderWaiting,
    OrderWithdrawn,
    ShareAnswered,
    ShareChanged,
    ShareCommitted,
    ShareLapsed,
    ShareOffered,
    SharingHeld,
    ToBuyer,
    ToSeller,
)
from services.notify.rendering import template_of, text_for


@on(LotListed, keys=lambda event: event.seller_id)
async def tell_the_seller_and_keep_his_village(event: LotListed, tx: Tx) -> None:
    await queries.tie(tx, event.seller_id, [Place(event.cooperative_id, event.village)], whose_word(tx))
    await tell(tx, event.seller_id, event)


@on(OrderPlaced, keys=lambda event: event.buyer_id)
@on(OrderWaiting, keys=lambda event: event.buyer_id)
async def tell_the_buyer_and_keep_his_cooperative(event: OrderPlaced | OrderWaiting, tx: Tx) -> None:
    await queries.tie(tx, event.buyer_id, [Place(event.cooperative_id)], whose_word(tx))
    await tell(tx, event.buyer_id, event)


@on(ShareOffered)
@on(ShareAnswered)
@on(ShareLapsed)
@on(ShareCommitted)
@on(LotWeighed)
async def tell_the_seller(event: ToSeller, tx: Tx) -> None:
    await tell(tx, event.seller_id, event)


@on(ShareChanged)
async def tell_who_was_asked(event: ShareChanged, tx: Tx) -> None:
    """Nobody hears of the end of a question that was never put to him."""
    if event.asked:
        await tell(tx, event.seller_id, event)


@on(LineCollected)
async def tell_whose_line_changed(event: LineCollected, tx: Tx) -> None:
    """Nobody hears that what he was promised was brought."""
    if event.filled != event.promised:
        await tell(tx, event.buyer_id, event)


@on(SharingHeld)
async def tell_the_manager(event: SharingHeld, tx: Tx) -> None:
    await tell(tx, event.manager_id, event)


@on(OrderChanged)
@on(OrderCancelled)
@on(OrderWithdrawn)
@on(OrderEndedShort)
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
        traceparent=tx.origin.traceparent,
    )
    await queries.store_once(tx, message)


def whose_word(tx: Tx) -> Word:
    """Whether the person himself brought the event about, or somebody on his behalf."""
    return Word.SPOKEN_FOR if tx.cause is not None and tx.cause.on_behalf_of else Word.OWN


def fact(tx: Tx) -> UUID:
    """The id of the event that is being told."""
    if tx.cause is None:
        raise TypeError("nothing happened that could be told")
    return tx.cause.id
