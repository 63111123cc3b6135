"""From the closed book to the wish for holds, on a real database."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.cooperative.events import (
    LotCorrected,
    LotRepriced,
    LotWithdrawn,
    OrderCancelled,
    OrderChanged,
    StockReleased,
)
from services.cooperative.sharing import engine
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.people import (
    ANSWER_BY,
    CLOSES,
    FIRM,
    KG,
    KITCHEN,
    LINE,
    LOTS,
    MANAGER,
    ORDER,
    OTHER_LINE,
    OTHER_ORDER,
    SARI,
    TUTI,
    WATI,
    WINDOW,
)
from tests.cooperative.steps import is_shared, papers, reads, three_lots
from tests.cooperative.told import book, empty_book, lot, ordered, placed
from tests.harness.service import ServiceUnderTest

PUBLISHED = "cooperative.sharing_published.v1"
WANTED = "cooperative.hold_wanted.v1"


def changed(quantity: int, version: int = 2) -> OrderChanged:
    return OrderChanged(
        order_id=ORDER, version=version, buyer_id=KITCHEN, window_id=WINDOW, lines=(ordered(quantity),)
    )


def by_lot(wanted: list[dict[str, Any]]) -> dict[UUID, int]:
    return {UUID(one["lot_id"]): one["quantity"] for one in wanted}


async def test_a_complete_book_is_shared_and_holds_are_wanted(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), placed(60 * KG), book())

    await cooperative.falls_due(CLOSES)

    published, *wanted = await cooperative.events()
    assert published["type"] == PUBLISHED
    assert by_lot(wanted) == {LOTS[SARI]: 20 * KG, LOTS[TUTI]: 20 * KG, LOTS[WATI]: 20 * KG}
    assert {one["expires_at"] for one in wanted} == {"2026-11-26T17:00:00Z"}


async def test_a_book_waits_for_each_of_its_orders_and_shows_which(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), placed(), book((ORDER, 1), (OTHER_ORDER, 2)))
    await cooperative.receives(placed(order_id=OTHER_ORDER, line_id=OTHER_LINE))
    await cooperative.falls_due(CLOSES)

    board = await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")

    assert await cooperative.emitted() == []
    assert board["book"] == {
        "state": "waiting",
        "orders": 2,
        "waits_for": [{"order_id": str(OTHER_ORDER), "version": 2, "known": 1}],
        "left_out": [],
    }


async def test_a_book_is_shared_when_its_last_order_comes_however_late(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), book())
    await cooperative.falls_due(CLOSES + timedelta(minutes=40))

    await cooperative.receives(placed())
    await cooperative.falls_due()

    assert (await cooperative.emitted())[0] == PUBLISHED


async def test_the_version_in_the_book_is_shared_though_a_later_one_has_come(
    cooperative: ServiceUnderTest,
) -> None:
    await cooperative.receives(*three_lots(), placed(60 * KG), changed(45 * KG), changed(9 * KG, version=3))
    await cooperative.receives(
        OrderCancelled(order_id=ORDER, version=4, buyer_id=KITCHEN, window_id=WINDOW), book((ORDER, 2))
    )

    await cooperative.falls_due(CLOSES)

    assert sum(by_lot(await cooperative.events(WANTED)).values()) == 45 * KG


async def test_book_and_last_order_arriving_in_two_transactions_at_once_are_shared_once(
    cooperative: ServiceUnderTest,
) -> None:
    await cooperative.receives(*three_lots(), placed())

    await asyncio.gather(
        cooperative.receives(placed(order_id=OTHER_ORDER, line_id=OTHER_LINE)),
        cooperative.receives(book((ORDER, 1), (OTHER_ORDER, 1))),
    )
    await asyncio.gather(cooperative.falls_due(CLOSES), cooperative.running.sweep.once())
    await cooperative.falls_due()

    assert (await cooperative.emitted()).count(PUBLISHED) == 1
    assert sum(one["quantity"] for one in await cooperative.events(WANTED)) == 120 * KG


async def test_the_same_book_told_twice_is_shared_once(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative)
    before = await cooperative.emitted()

    await cooperative.receives(book().model_copy(update={"version": 2}))
    await cooperative.falls_due()

    assert await cooperative.emitted() == before


async def test_lots_are_shared_as_last_heard_of(cooperative: ServiceUnderTest) -> None:
    lots = LOTS[SARI], LOTS[TUTI]
    news = [
        LotCorrected(lot_id=lots[0], version=3, change=-80 * KG, available=10 * KG),
        LotCorrected(lot_id=lots[0], version=2, change=70 * KG, available=90 * KG),
        LotRepriced(lot_id=lots[1], version=2, price=99_000),
    ]
    await cooperative.receives(lot(SARI, 20 * KG), lot(TUTI, 30 * KG), *news)

    wanted = await is_shared(cooperative, lot(WATI, 90 * KG))

    assert by_lot(wanted) == {LOTS[SARI]: 10 * KG, LOTS[WATI]: 50 * KG}


async def test_a_withdrawn_lot_is_not_shared_though_stock_came_back_to_it(
    cooperative: ServiceUnderTest,
) -> None:
    gone = LotWithdrawn(lot_id=LOTS[SARI], version=3, quantity=50 * KG, available=0)
    came_back = StockReleased(lot_id=LOTS[SARI], version=4, available=30 * KG)
    await cooperative.receives(lot(SARI, 50 * KG), gone, came_back)

    wanted = await is_shared(cooperative, lot(TUTI, 20 * KG))

    assert by_lot(wanted) == {LOTS[TUTI]: 20 * KG}


async def test_only_lots_of_the_cooperatives_own_sellers_are_shared(cooperative: ServiceUnderTest) -> None:
    stranger = lot(TUTI, 30 * KG, seller_id=UUID(int=77))
    elsewhere = lot(WATI, 30 * KG, cooperative_id=UUID(int=78))

    wanted = await is_shared(cooperative, lot(SARI, 20 * KG), stranger, elsewhere)

    assert by_lot(wanted) == {LOTS[SARI]: 20 * KG}


async def test_a_book_without_orders_asks_nobody(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), empty_book())

    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due(FIRM)

    assert await cooperative.emitted() == []


async def test_a_book_whose_digest_is_not_that_of_its_orders_is_parked_and_not_shared(
    cooperative: ServiceUnderTest,
) -> None:
    forged = book((ORDER, 1)).model_copy(update={"digest": book((OTHER_ORDER, 1)).digest})

    await cooperative.receives(*three_lots(), placed(), forged)
    await cooperative.falls_due(CLOSES)

    (cause,) = await cooperative.parked()
    assert cause.startswith("WrongDigest")
    assert await cooperative.emitted() == []


async def test_a_sharing_that_gives_nothing_is_published_all_the_same(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative, lot(SARI, 20 * KG, price=90_000))

    assert await cooperative.emitted() == [PUBLISHED]


async def test_a_book_that_comes_after_firm_leaves_its_lines_short(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), placed())
    await cooperative.falls_due(FIRM)

    await cooperative.receives(book())
    await cooperative.falls_due()

    (short,) = await cooperative.events()
    assert (short["type"], short["reason"], short["missing"]) == (
        "cooperative.line_short.v1",
        "TOO_LATE",
        60 * KG,
    )


async def test_a_published_record_is_what_anyone_computes_from_its_batch(
    cooperative: ServiceUnderTest,
) -> None:
    await is_shared(cooperative)
    (published,) = await cooperative.events(PUBLISHED)

    batch, record = await papers(cooperative, published["sharing_id"])
    seen = await reads(cooperative, MANAGER, f"/sharings/{published['sharing_id']}")

    assert canonical(engine.solve(engine.read(batch))) == record
    assert first_complaint(batch, record) is None
    assert engine.read_record(record)["output_hash"] == published["record_hash"] == seen["record_hash"]
    assert seen["answer_by"] == ANSWER_BY.isoformat().replace("+00:00", "Z")


async def test_public_papers_name_nobody(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative)
    (published,) = await cooperative.events(PUBLISHED)

    papers_together = b"".join(await papers(cooperative, published["sharing_id"])).decode()

    hidden = [*map(str, (*LOTS, *LOTS.values(), KITCHEN, ORDER, LINE)), "Sari", "Tuti", "Wati", "0001-0001"]
    assert [word for word in hidden if word in papers_together] == []
