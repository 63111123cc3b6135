"""A window of a thousand order lines over many lots: no step of it is one transaction for all."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Update, update

from services.cooperative.domain import ShareStatus
from services.cooperative.events import OrderPlaced
from services.cooperative.queries.parts import PART
from services.cooperative.sharing.solving import PAGE
from services.cooperative.tables import shares
from tests.cooperative.people import ANSWER_BY, CLOSES, FIRM, KG, KITCHEN, MANAGER, NOON, SARI, WINDOW
from tests.cooperative.steps import Told, reads
from tests.cooperative.told import book, committed, held, lot, ordered
from tests.harness.service import ServiceUnderTest

LINES, LINES_OF_ONE, LOTS = 1_000, 50, 300
WANTED, OFFERED = "cooperative.hold_wanted.v1", "cooperative.share_offered.v1"


def order(number: int) -> OrderPlaced:
    lines = (
        ordered((5 + n) * KG, UUID(int=10_000 + number * 100 + n), cap=38_000 + n)
        for n in range(LINES_OF_ONE)
    )
    return OrderPlaced(
        order_id=UUID(int=5_000 + number),
        version=1,
        buyer_id=KITCHEN,
        window_id=WINDOW,
        lines=tuple(lines),
        placed_at=NOON + timedelta(seconds=number),
    )


def accepted() -> Update:
    """Everyone said yes; a thousand requests would prove nothing more."""
    return update(shares).values(status=ShareStatus.ACCEPTED)


async def is_asked(cooperative: ServiceUnderTest) -> list[Told]:
    orders = [order(number) for number in range(LINES // LINES_OF_ONE)]
    lots = [lot(SARI, (100 + n % 37) * KG, lot_id=UUID(int=9_000 + n)) for n in range(LOTS)]
    await cooperative.receives(*lots, *orders, book(*[(one.order_id, 1) for one in orders]))
    await cooperative.falls_due(CLOSES)
    return await cooperative.events(WANTED)


async def test_a_thousand_lines_are_shared_a_page_at_a_time_and_each_line_of_the_record_once(
    cooperative: ServiceUnderTest,
) -> None:
    wanted = await is_asked(cooperative)

    (published,) = await cooperative.events("cooperative.sharing_published.v1")
    record = (await reads(cooperative, MANAGER, f"/sharings/{published['sharing_id']}"))["record"]
    assert len(wanted) == len(record["lines"]) > 2 * PAGE
    assert sum(one["quantity"] for one in wanted) == sum(line["quantity"] for line in record["lines"])


async def test_a_round_that_nobody_answered_closes_part_by_part_and_is_shared_again(
    cooperative: ServiceUnderTest,
) -> None:
    before = len(await is_asked(cooperative))

    await cooperative.falls_due(ANSWER_BY)  # catalog never answered

    ended = Counter(one["share_id"] for one in await cooperative.events("cooperative.share_changed.v1"))
    assert len(ended) == before > 2 * PART
    assert set(ended.values()) == {1}
    assert len(await cooperative.events("cooperative.sharing_published.v1")) == 2
    assert len(await cooperative.events(WANTED)) > before


async def test_a_large_window_becomes_firm_part_by_part_and_every_line_is_told_once(
    cooperative: ServiceUnderTest,
) -> None:
    wanted = await is_asked(cooperative)
    await cooperative.receives(*[held(one, version=2 + n) for n, one in enumerate(wanted)])
    async with cooperative.tx() as tx:
        await tx.execute(accepted())

    await cooperative.falls_due(FIRM)
    commits = await cooperative.events("cooperative.commit_wanted.v1")
    await cooperative.receives(*[committed(one, version=5_000 + n) for n, one in enumerate(commits)])
    await cooperative.falls_due(FIRM + timedelta(minutes=2))

    assert len(commits) == len(wanted)
    told = await cooperative.events("cooperative.line_filled.v1", "cooperative.line_short.v1")
    assert len({one["line_id"] for one in told}) == len(told) == LINES


async def test_a_large_window_that_is_called_off_releases_all_it_held(cooperative: ServiceUnderTest) -> None:
    wanted = await is_asked(cooperative)
    await cooperative.receives(*[held(one, version=2 + n) for n, one in enumerate(wanted)])
    async with cooperative.client(MANAGER) as client:
        await client.post(f"/windows/{WINDOW}/call-off", json={"reason": "Jembatan putus"})

    await cooperative.falls_due()

    released = await cooperative.events("cooperative.release_wanted.v1")
    assert sum(one["quantity"] for one in released) == sum(one["quantity"] for one in wanted)
    assert len(await cooperative.events(OFFERED)) == len(released)
