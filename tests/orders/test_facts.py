"""What orders keeps of others' facts, on real PostgreSQL; each is counted once."""

from uuid import UUID

from sqlalchemy import select

from services.chassis.ids import new_id
from services.orders.domain import Commodity, Window
from services.orders.events import LotCorrected, LotRepriced, OrderLeftOut, StockHeld
from services.orders.tables import lots
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import (
    called_off,
    chilli_body,
    chilli_listed,
    collected,
    filled,
    lot_listed,
    places,
    sees,
    short,
)
from tests.orders.people import CHILLI, CLOSES, HOTEL_CALLS, KG, MANAGER, NOBODYS, NOON, WINDOW


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


async def test_what_was_weighed_replaces_what_was_final_and_says_why(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    line, order = UUID(placed["lines"][0]["line_id"]), UUID(placed["id"])
    await orders.falls_due(CLOSES)
    await orders.receives(filled(line, order))

    await orders.receives(collected(480 * KG, line_id=line, order_id=order))
    await orders.receives(filled(line, order), collected(480 * KG, line_id=line, order_id=order))

    shown = await sees(orders, f"/orders/{placed['id']}")
    line = shown["lines"][0]
    assert (shown["status"], line["filled"], line["reason"]) == ("partly", 480 * KG, "SHORT_WEIGHT")
    story = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert story[-1]["sentences"]["en"] == (
        "Cabai merah was weighed: 480 kg of 500 kg that was final, it weighed less. 480 kg from Serang."
    )


async def test_what_was_weighed_anew_fills_the_line_again(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    line, order = UUID(placed["lines"][0]["line_id"]), UUID(placed["id"])
    await orders.falls_due(CLOSES)

    await orders.receives(collected(0, less="REJECTED", line_id=line, order_id=order))
    await orders.receives(
        collected(500 * KG, of=0, less=None, version=3, line_id=line, order_id=order),
    )

    shown = await sees(orders, f"/orders/{placed['id']}")
    assert (shown["status"], shown["lines"][0]["reason"]) == ("filled", None)


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


async def test_an_order_that_cooperative_left_out_ends_short_and_the_buyer_reads_why(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)
    told = OrderLeftOut(order_id=UUID(placed["id"]), version=1, reason="LEFT_OUT")

    await orders.receives(told)
    await orders.receives(told.model_copy(update={"version": 2}))

    (ended,) = await orders.events("orders.ended_short.v1")
    assert (ended["order_id"], ended["buyer_id"], ended["version"]) == (
        placed["id"],
        placed["buyer_id"],
        placed["version"] + 1,
    )
    shown = await sees(orders, f"/orders/{placed['id']}")
    assert (shown["status"], [line["reason"] for line in shown["lines"]]) == ("short", ["LEFT_OUT"])
    assert shown["lines"][0]["missing"] == shown["lines"][0]["quantity"]
    timeline = await sees(orders, f"/orders/{placed['id']}/timeline")
    assert "its data did not reach the cooperative whole" in timeline[-1]["sentence"]


async def test_an_order_of_a_window_called_off_meanwhile_stays_cancelled_when_it_was_left_out(
    orders: ServiceUnderTest,
) -> None:
    placed = await places(orders)
    await orders.falls_due(CLOSES)
    await orders.receives(called_off())

    await orders.receives(OrderLeftOut(order_id=UUID(placed["id"]), version=1, reason="LEFT_OUT"))

    shown = await sees(orders, f"/orders/{placed['id']}")
    assert shown["status"] == "cancelled"
    assert await orders.events("orders.ended_short.v1") == []
