"""Who and what the tests of notify are about."""

from dataclasses import replace
from uuid import UUID

from services.chassis.access import Caller
from services.chassis.codes import short_code
from services.chassis.event import Event
from services.chassis.ids import new_id
from services.notify.domain import Contact
from services.notify.events import LotListed, OrderCancelled, OrderPlaced
from tests.harness.service import ServiceUnderTest, person

SARI = UUID("01a205f4-0000-7000-8000-000000000001")
WARSI = UUID("01a205f4-0000-7000-8000-000000000002")
COOPERATIVE = UUID("01a205f4-0000-7000-8000-00000000c001")
SERANG, CISURU = "33.01.18.2006", "33.01.18.2004"
SARIS_CHAT = 51_001
WARSIS_CHAT = 51_002


def sari() -> Caller:
    return replace(person("seller", SERANG, cooperative=COOPERATIVE), subject=SARI)


def assistant(
    village: str = SERANG, cooperative: UUID | None = COOPERATIVE, acts_for: UUID | None = SARI
) -> Caller:
    return person("assistant", village, cooperative=cooperative, acts_for=acts_for)


def manager() -> Caller:
    return person("manager", cooperative=COOPERATIVE)


def lot_listed(seller_id: UUID = SARI, quantity: int = 50_000) -> LotListed:
    lot_id = new_id()
    return LotListed(
        lot_id=lot_id,
        version=1,
        code=short_code(lot_id),
        cooperative_id=COOPERATIVE,
        seller_id=seller_id,
        village=SERANG,
        commodity_name="Cabai rawit merah",
        unit="g",
        per=1000,
        grade="A",
        quantity=quantity,
        price=34_000,
    )


def order_placed(buyer_id: UUID) -> OrderPlaced:
    order_id = new_id()
    return OrderPlaced(
        order_id=order_id,
        version=1,
        code=short_code(order_id),
        buyer_id=buyer_id,
        cooperative_id=COOPERATIVE,
        lines=(),
    )


def order_cancelled(buyer_id: UUID) -> OrderCancelled:
    order_id = new_id()
    return OrderCancelled(
        order_id=order_id, version=2, code=short_code(order_id), buyer_id=buyer_id, reason="Jalan banjir"
    )


async def hears(notify: ServiceUnderTest, event: Event, on_behalf_of: UUID) -> None:
    """An event that somebody brought about on behalf of a person."""
    record = notify.record(event)
    acted_for = ("ce_onbehalfof", str(on_behalf_of).encode())
    await notify.takes(replace(record, headers=(*record.headers, acted_for)))


async def has_chat(notify: ServiceUnderTest, person_id: UUID, chat: int, language: str = "id") -> None:
    """The person sets his own contact, over HTTP."""
    himself = replace(person("seller", SERANG, cooperative=COOPERATIVE), subject=person_id)
    contact = {"name": "Bu Sari", "language": language, "channel": "telegram", "chat": chat}
    async with notify.client(himself) as client:
        answer = await client.put(f"/contacts/{person_id}", json=contact)
    assert answer.status_code == 200, answer.text


async def contact_of(notify: ServiceUnderTest, person_id: UUID) -> Contact:
    async with notify.tx() as tx:
        contact = await tx.get(Contact, person_id)
    assert contact is not None
    return contact
