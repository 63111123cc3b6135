"""What must be handed over next, and what becomes of it: the two transactions around asking a provider."""

import logging
import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.chassis.outbox import emit
from services.chassis.trace import Origin
from services.chassis.tx import Tx
from services.notify import domain, queries
from services.notify.domain import Outcome, Receipt
from services.notify.events import ChannelName
from services.notify.queries import Lease

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Errand:
    """One message on its way: by which channel, to which chat."""

    message_id: UUID
    text: str
    channel: ChannelName
    chat: int | None
    origin: Origin
    """The fact that is told, and its trace."""


async def next_errand(
    tx: Tx, lease: Lease, length: timedelta, offered: Collection[ChannelName]
) -> Errand | None:
    """The person's first waiting message; nothing, and no lease any more, where none waits."""
    if await queries.renew(tx, lease, length) is None:
        return None
    message = await queries.first_waiting(tx, lease.person_id)
    if message is None:
        await queries.give_up(tx, lease)
        return None
    contact = await queries.contact_of_person(tx, lease.person_id)
    channel = domain.channel_for(message, contact, offered)
    origin = Origin(message.traceparent, str(message.fact))
    return Errand(message.id, message.text, channel, contact.chat if contact else None, origin)


async def settle(tx: Tx, lease: Lease, length: timedelta, errand: Errand, receipt: Receipt) -> None:
    """Store what became of an errand; nothing where another process took over, or it is stored already."""
    await tx.lock(errand.message_id, lease.person_id)
    failures = await queries.renew(tx, lease, length)
    message = await queries.first_waiting(tx, lease.person_id)
    if failures is None or message is None or message.id != errand.message_id:
        return
    told = message.hand_over(errand.channel, receipt, at=await tx.now())
    await queries.note_attempt(tx, message, errand.channel, receipt)
    if told is None:
        await _put_off(tx, lease, failures + 1, errand.channel, receipt)
        return
    emit(tx, told)
    await queries.note_success(tx, lease)
    if receipt.outcome is Outcome.BLOCKED:
        await _mark_blocked(tx, lease.person_id, errand.chat)


async def _put_off(tx: Tx, lease: Lease, failures: int, channel: ChannelName, receipt: Receipt) -> None:
    wait = domain.pause(failures, receipt.wait, chance=random.random())
    log.warning("%s does not answer, next try in %.1f s: %s", channel, wait.total_seconds(), receipt.detail)
    await queries.put_off(tx, lease, failures, wait)


async def _mark_blocked(tx: Tx, person_id: UUID, chat: int | None) -> None:
    contact = await queries.contact_of_person(tx, person_id)
    if contact is not None:
        contact.block(chat)
