"""A window as large as orders lets it become, over many lots: each step fits one transaction."""

from datetime import timedelta
from uuid import UUID

from services.cooperative.events import OrderPlaced
from services.orders.domain.books import MOST_LINES
from tests.cooperative.people import ANSWER_BY, CLOSES, KG, KITCHEN, NOON, SARI, WINDOW
from tests.cooperative.told import book, lot, ordered
from tests.harness.service import ServiceUnderTest

LOTS = 200
LINES_OF_ONE = 50


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


async def test_the_largest_window_is_shared_and_shared_again_before_a_duty_is_given_up(
    cooperative: ServiceUnderTest,
) -> None:
    orders = [order(number) for number in range(MOST_LINES // LINES_OF_ONE)]
    lots = [lot(SARI, (100 + n % 37) * KG, lot_id=UUID(int=9_000 + n)) for n in range(LOTS)]
    await cooperative.receives(*lots, *orders, book(*[(one.order_id, 1) for one in orders]))

    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due(ANSWER_BY)  # catalog never answered: nothing is harder than this

    assert len(await cooperative.events("cooperative.sharing_published.v1")) == 2
    assert len(await cooperative.events("cooperative.hold_wanted.v1")) > 2 * MOST_LINES
