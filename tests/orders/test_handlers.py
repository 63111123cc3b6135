"""What orders does with facts of others and with time, on real PostgreSQL."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from services.chassis.ids import new_id
from services.orders.domain import Commodity, Window
from services.orders.events import LotCorrected, LotRepriced, StockHeld
from services.orders.tables import lots
from tests.harness.service import ServiceUnderTest
from tests.orders.people import (
    CHILLI,
    CLOSES,
    DEWI_CALLS,
    HOTEL_CALLS,
    KG,
    MANAGER,
    NOBODYS,
    NOON,
    WINDOW,
    announced,
    called_off,
    chilli_body,
    chilli_listed,
    filled,
    lot_listed,
    places,
    sees,
    short,
)

A_SECOND = timedelta(seconds=1)


async def test_a_book_closes_by_itself_over_every_order_in_its_version(orders: ServiceUnderTest) -> None:
    first, second = await places(orders), await places(orders, HOTEL_CALLS)

    done = await orders.falls_due(CLOSES + A_SECOND)

    (closed,) = await orders.events("orders.book_closed.v1")
    booked = [(first["id"], 1), (second["id"], 1)]
    assert done == 1
    assert [(each["order_id"], each["version"]) for each in closed["orders"]] == booked
    assert closed["digest"] == sha256("".join(f"{i}:{v}\n" for i, v in booked).encode()).hexdigest()
    assert closed["due_at"] == "2026-11-26T05:00:00Z"
    assert (await sees(orders, f"/orders/{first['id']}"))["status"] == "in_book"


async def test_a_book_does_not_close_before_its_time_and_closes_once(orders: ServiceUnderTest) -> None:
    early = await orders.falls_due(CLOSES - timedelta(minutes=1))

    done = await orders.falls_due(CLOSES) + await orders.falls_due(CLOSES + timedelta(days=3))

    assert (early, done) == (0, 1)
    assert await orders.emitted() == ["orders.book_closed.v1"]


async def test_a_book_that_nobody_ordered_in_closes_too(orders: ServiceUnderTest) -> None:
    await orders.falls_due(CLOSES)

    (closed,) = await orders.events("orders.book_closed.v1")
    assert closed["orders"] == []


async def test_a_window_heard_of_after_its_end_closes_at_once(orders: ServiceUnderTest) -> None:
    late = new_id()
    await orders.receives(announced(late, closes_at=NOON - timedelta(hours=1)))

    await orders.falls_due()

    assert [closed["window_id"] for closed in await orders.events()] == [str(late)]


async def test_a_window_announced_a_second_time_does_not_open_its_closed_book(
    orders: ServiceUnderTest,
) -> None:
    await orders.falls_due(CLOSES)

    await orders.receives(announced(version=2, closes_at=CLOSES + timedelta(days=1)))

    assert await orders.falls_due(CLOSES + timedelta(days=2)) == 0
    assert (await sees(orders, f"/windows/{WINDOW}"))["phase"] == "closed"


async def test_a_called_off_window_cancels_its_orders_only_once(orders: ServiceUnderTest) -> None:
    placed = await places(orders)

    await orders.receives(called_off(), called_off())
    await orders.receives(called_off(version=3))

    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]
    cancelled = (await orders.events())[-1]
    assert (cancelled["order_id"], cancelled["version"]) == (placed["id"], 2)
    assert cancelled["reason"] == "Jembatan putus"
    assert (await sees(orders, f"/orders/{placed['id']}"))["status"] == "cancelled"


async def test_a_called_off_window_leaves_alone_what_its_buyer_cancelled(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    async with orders.client(DEWI_CALLS) as client:
        await client.post(f"/orders/{placed['id']}/cancel", json={"reason": "Acara batal"})

    await orders.receives(called_off())

    assert await orders.emitted() == ["orders.placed.v1", "orders.cancelled.v1"]
    timeline = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert [entry["what"] for entry in timeline] == ["orders.placed.v1", "orders.cancelled.v1"]


async def test_no_book_closes_after_its_window_was_called_off(orders: ServiceUnderTest) -> None:
    await orders.receives(called_off())

    assert await orders.falls_due(CLOSES + A_SECOND) == 0
    assert await orders.emitted() == []


async def test_a_window_called_off_after_its_book_closed_cancels_what_stood_in_it(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)

    await orders.receives(called_off())

    assert (await orders.emitted())[-2:] == ["orders.book_closed.v1", "orders.cancelled.v1"]
    assert (await sees(orders, f"/orders/{placed['id']}"))["status"] == "cancelled"


async def test_announced_and_called_off_at_once_closes_nothing(orders: ServiceUnderTest) -> None:
    both = new_id()

    await orders.receives(announced(both), called_off(both))

    assert (await sees(orders, f"/windows/{both}"))["called_off"] == "Jembatan putus"


async def test_each_outcome_of_a_line_is_counted_once(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    line, order = UUID(placed["lines"][0]["line_id"]), UUID(placed["id"])
    await orders.falls_due(CLOSES)

    await orders.receives(filled(line, order), filled(line, order))
    await orders.receives(filled(line, order))

    shown = await sees(orders, f"/orders/{order}")
    timeline = await sees(orders, f"/orders/{order}/timeline")
    assert (shown["status"], shown["lines"][0]["filled"], shown["lines"][0]["missing"]) == (
        "filled",
        500 * KG,
        0,
    )
    assert [entry["what"] for entry in timeline].count("cooperative.line_filled.v1") == 1
    assert await orders.parked() == []


async def test_an_order_filled_in_part_says_what_is_missing_and_why(orders: ServiceUnderTest) -> None:
    basket = {"commodity_id": "01920000-0000-7000-8000-00000000d002", "quantity": 40, "cap": 90_000}
    placed = await places(orders, HOTEL_CALLS, basket)
    await orders.falls_due(CLOSES)

    await orders.receives(short(UUID(placed["lines"][0]["line_id"]), UUID(placed["id"])))

    shown = await sees(orders, f"/orders/{placed['id']}", HOTEL_CALLS)
    line = shown["lines"][0]
    assert (shown["status"], line["filled"], line["missing"], line["reason"]) == (
        "partly",
        26,
        14,
        "NO_STOCK",
    )


async def test_an_outcome_of_an_unknown_order_is_parked_and_nothing_else(orders: ServiceUnderTest) -> None:
    await orders.receives(filled(new_id(), new_id()), chilli_listed(version=2, step=5 * KG))

    assert len(await orders.parked()) == 1
    async with orders.tx() as tx:
        commodity = await tx.get(Commodity, CHILLI)
        assert commodity is not None
        assert commodity.step == 5 * KG


async def test_a_commodity_heard_of_late_does_not_undo_a_later_listing(orders: ServiceUnderTest) -> None:
    await orders.receives(chilli_listed(version=3, step=10 * KG))

    await orders.receives(chilli_listed(version=2, step=5 * KG))

    async with orders.tx() as tx:
        commodity = await tx.get(Commodity, CHILLI)
        assert commodity is not None
        assert (commodity.step, commodity.version) == (10 * KG, 3)


async def test_lots_are_known_by_what_is_left_of_them_and_their_price(orders: ServiceUnderTest) -> None:
    held = StockHeld(lot_id=NOBODYS, version=3, available=20 * KG)
    await orders.receives(lot_listed(), LotRepriced(lot_id=NOBODYS, version=2, price=39_000), held)

    await orders.receives(LotCorrected(lot_id=NOBODYS, version=4, available=15 * KG))

    async with orders.tx() as tx:
        row = (await tx.execute(select(lots))).one()
    assert (row.price, row.available, row.version) == (39_000, 15 * KG, 4)


async def test_a_window_keeps_what_was_announced(orders: ServiceUnderTest) -> None:
    async with orders.tx() as tx:
        kept = await tx.get(Window, WINDOW)

    assert kept is not None
    assert (kept.closes_at, kept.closed_at, kept.called_off) == (CLOSES, None, None)


async def test_the_one_who_called_the_window_off_stands_in_the_timeline(orders: ServiceUnderTest) -> None:
    placed = await places(orders, HOTEL_CALLS, chilli_body())

    await orders.receives(called_off(), actor=MANAGER.actor, at=NOON)

    entry = (await sees(orders, f"/orders/{placed['id']}/timeline", HOTEL_CALLS))[-1]
    assert (entry["role"], entry["actor"]) == ("manager", MANAGER.actor)
    assert entry["sentences"]["id"] == "Periode pesan dibatalkan, jadi pesanan ini juga batal: Jembatan putus"
