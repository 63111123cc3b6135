"""What events leave behind: one message per person and fact."""

from datetime import UTC, date, datetime

from services.chassis.envelope import Envelope
from services.chassis.ids import new_id
from services.chassis.record import Record
from services.notify.domain import Status
from services.notify.events import LineCollected, LotListed, ShareChanged, SharingHeld
from tests.harness.service import ServiceUnderTest
from tests.notify.people import SARI, SARIS_CHAT, WARSI, has_chat, lot_listed, order_cancelled
from tests.notify.replica import Replicas


async def test_a_fact_is_told_to_the_person_it_concerns(notify: ServiceUnderTest, sending: Replicas) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)

    await notify.receives(lot_listed(SARI), order_cancelled(WARSI))

    (to_sari,) = await sending.messages(SARI)
    (to_warsi,) = await sending.messages(WARSI)
    assert (to_sari.template, to_sari.status) == ("lot_listed", Status.WAITING)
    assert to_sari.text.startswith("Bu Sari, Cabai rawit merah mutu A 50 kg")
    assert to_warsi.text.endswith("dibatalkan. Alasan: Jalan banjir")


async def test_nobody_hears_of_the_end_of_a_share_he_was_never_asked_for(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    never_asked, asked = (
        ShareChanged(
            share_id=new_id(),
            version=2,
            seller_id=person,
            commodity_name="Cabai rawit merah",
            unit="g",
            asked=quantity,
            quantity=0,
            reason="CALLED_OFF",
        )
        for person, quantity in ((SARI, 0), (WARSI, 20_000))
    )

    await notify.receives(never_asked, asked)

    assert await sending.messages(SARI) == []
    assert [message.template for message in await sending.messages(WARSI)] == ["share_changed"]


async def test_nobody_hears_that_what_he_was_promised_was_brought(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    promised, less = (
        LineCollected(
            line_id=new_id(),
            order_id=new_id(),
            version=2,
            buyer_id=person,
            commodity_name="Cabai rawit merah",
            unit="g",
            promised=20_000,
            filled=quantity,
            villages=(),
            delivery_day=date(2026, 11, 28),
            less=None,
        )
        for person, quantity in ((SARI, 20_000), (WARSI, 0))
    )

    await notify.receives(promised, less)

    assert await sending.messages(SARI) == []
    assert [message.template for message in await sending.messages(WARSI)] == ["line_collected"]


async def test_an_event_that_repeats_is_told_once(notify: ServiceUnderTest, sending: Replicas) -> None:
    listed = lot_listed()

    await notify.receives(listed, listed)
    await notify.receives(listed)

    assert len(await sending.messages(SARI)) == 1


async def test_the_same_fact_in_another_message_is_told_once(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    listed = lot_listed()

    await notify.takes(said_anew(listed, 1), said_anew(listed, 2))
    await notify.takes(said_anew(listed, 3))

    assert len(await sending.messages(SARI)) == 1
    assert await notify.parked() == []


def said_anew(event: LotListed, offset: int) -> Record:
    envelope = Envelope(
        id=new_id(),
        source="/lumbung/catalog",
        type=event.type,
        time=datetime.now(UTC),
        subject=str(event.key),
        version=event.version,
        actor="service:catalog",
    )
    return Record(
        event.topic, 0, offset, str(event.key).encode(), event.model_dump_json().encode(), envelope.headers()
    )


async def test_two_facts_of_one_thing_are_both_told_in_their_order(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    first, second = lot_listed(quantity=1_000), lot_listed(quantity=2_000)

    await notify.receives(first)
    await notify.receives(second)

    told = [message.text for message in await sending.messages(SARI)]
    assert ["1 kg" in told[0], "2 kg" in told[1]] == [True, True]


async def test_a_person_is_told_in_his_own_language(notify: ServiceUnderTest, sending: Replicas) -> None:
    await has_chat(notify, SARI, SARIS_CHAT, language="en")

    await notify.receives(lot_listed())

    (told,) = await sending.messages(SARI)
    assert "is listed" in told.text


async def test_telling_publishes_nothing_before_it_is_handed_over(notify: ServiceUnderTest) -> None:
    await notify.receives(lot_listed())

    assert await notify.emitted() == []


async def test_the_manager_hears_that_a_sharing_is_held_and_what_he_can_do(
    notify: ServiceUnderTest, sending: Replicas
) -> None:
    held = SharingHeld(
        sharing_id=new_id(),
        version=1,
        window_code="ZJAY-YMGK",
        window_name="Pasar Sabtu",
        manager_id=WARSI,
        firm_at=datetime(2026, 11, 27, 5, tzinfo=UTC),
        time_zone="Asia/Jakarta",
    )

    await notify.receives(held)

    (message,) = await sending.messages(WARSI)
    assert message.text.splitlines() == [
        "Pembagian pesanan Pasar Sabtu (ZJAY-YMGK) ditahan: hasil hitungannya tidak lolos pemeriksaan.",
        "Belum ada penjual yang ditanya. Minta pengelola sistem memeriksanya, lalu hitung ulang, "
        "atau batalkan periode pesan ini sebelum Jumat 27 Nov 2026 pukul 12.00 WIB.",
    ]
