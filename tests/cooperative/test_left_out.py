"""A book that waits for an order which an operator gave up: shared without it, and the buyer's side is told."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from services.chassis.parked import Operator, Parked
from services.cooperative.domain import never_comes
from services.cooperative.events import OrderChanged
from tests.cooperative.people import CLOSES, KG, KITCHEN, MANAGER, ORDER, OTHER_LINE, OTHER_ORDER, WINDOW
from tests.cooperative.steps import reads, three_lots
from tests.cooperative.told import book, ordered, placed
from tests.harness.service import ServiceUnderTest

LEFT_OUT = "cooperative.order_left_out.v1"
PUBLISHED = "cooperative.sharing_published.v1"
WANTED = "cooperative.hold_wanted.v1"
RINI = Operator("rini", "damaged on its way")


async def arrives_damaged(cooperative: ServiceUnderTest, *, readable: bool = True) -> None:
    """The other order, with a value that is no JSON, or even without an envelope."""
    sound = cooperative.record(placed(order_id=OTHER_ORDER, line_id=OTHER_LINE))
    await cooperative.takes(replace(sound, value=b"{", headers=sound.headers if readable else []))


async def discard(cooperative: ServiceUnderTest, *, only_first: bool = False) -> int:
    parked = Parked(cooperative.running.database, cooperative.running.reactions)
    return await parked.discard(("orders.orders", str(OTHER_ORDER)), RINI, only_first=only_first)


def changed(version: int) -> OrderChanged:
    return OrderChanged(
        order_id=OTHER_ORDER,
        version=version,
        buyer_id=KITCHEN,
        window_id=WINDOW,
        lines=(ordered(9 * KG, OTHER_LINE),),
    )


async def shared_lines(cooperative: ServiceUnderTest) -> int:
    return sum(one["quantity"] for one in await cooperative.events(WANTED))


@pytest.mark.parametrize("readable", [True, False])
async def test_the_book_is_shared_without_an_order_that_was_given_up(
    cooperative: ServiceUnderTest, readable: bool
) -> None:
    await cooperative.receives(*three_lots(), placed(60 * KG), book((ORDER, 1), (OTHER_ORDER, 1)))
    await arrives_damaged(cooperative, readable=readable)
    await cooperative.falls_due(CLOSES)
    assert await cooperative.emitted() == []

    assert await discard(cooperative) == 1
    await cooperative.falls_due()

    (told,) = await cooperative.events(LEFT_OUT)
    assert (UUID(told["order_id"]), told["reason"], told["version"]) == (OTHER_ORDER, "LEFT_OUT", 1)
    assert (await cooperative.emitted()).count(PUBLISHED) == 1
    assert await shared_lines(cooperative) == 60 * KG
    board = await reads(cooperative, MANAGER, f"/windows/{WINDOW}/board")
    assert board["book"] == {
        "state": "shared",
        "orders": 2,
        "waits_for": [],
        "left_out": [str(OTHER_ORDER)],
    }


async def test_an_order_given_up_before_its_book_closes_is_left_out_once_the_book_comes(
    cooperative: ServiceUnderTest,
) -> None:
    await arrives_damaged(cooperative)
    await discard(cooperative)
    await cooperative.receives(*three_lots(), placed(60 * KG), book((ORDER, 1), (OTHER_ORDER, 1)))

    await cooperative.falls_due(CLOSES)
    await cooperative.falls_due()

    assert (await cooperative.emitted()).count(LEFT_OUT) == 1
    assert await shared_lines(cooperative) == 60 * KG


async def test_a_later_version_that_came_whole_is_shared_though_the_first_was_given_up(
    cooperative: ServiceUnderTest,
) -> None:
    await arrives_damaged(cooperative, readable=False)
    await discard(cooperative)

    await cooperative.receives(*three_lots(), placed(60 * KG), changed(2), book((ORDER, 1), (OTHER_ORDER, 2)))
    await cooperative.falls_due(CLOSES)

    assert await cooperative.events(LEFT_OUT) == []
    assert await shared_lines(cooperative) == 69 * KG


async def test_a_version_that_is_still_on_its_way_is_waited_for_though_the_first_was_given_up(
    cooperative: ServiceUnderTest,
) -> None:
    await arrives_damaged(cooperative, readable=False)
    await discard(cooperative)
    await cooperative.receives(*three_lots(), placed(60 * KG), book((ORDER, 1), (OTHER_ORDER, 2)))
    await cooperative.falls_due(CLOSES)
    assert await cooperative.emitted() == []

    await cooperative.receives(changed(2))
    await cooperative.falls_due()

    assert await shared_lines(cooperative) == 69 * KG


async def test_a_book_and_a_discard_at_the_same_moment_end_in_one_sharing(
    cooperative: ServiceUnderTest,
) -> None:
    await cooperative.receives(*three_lots(), placed(60 * KG))
    await arrives_damaged(cooperative)

    await asyncio.gather(cooperative.receives(book((ORDER, 1), (OTHER_ORDER, 1))), discard(cooperative))
    await cooperative.falls_due(CLOSES)

    assert (await cooperative.emitted()).count(PUBLISHED) == 1
    assert (await cooperative.emitted()).count(LEFT_OUT) == 1


async def test_a_book_of_which_nothing_is_left_asks_nobody(cooperative: ServiceUnderTest) -> None:
    await cooperative.receives(*three_lots(), book((OTHER_ORDER, 1)))
    await arrives_damaged(cooperative)

    await discard(cooperative)
    await cooperative.falls_due(CLOSES)

    assert await cooperative.emitted() == [LEFT_OUT]


@pytest.mark.parametrize(
    ("version", "known", "discarded", "expected"),
    [
        (1, [], [1], True),
        (1, [], [None], True),
        (2, [2], [None], False),
        (2, [], [None], False),
        (2, [1], [None], True),
        (3, [2], [None], False),
        (3, [2], [None, None], True),
        (3, [], [1, 2, 3], True),
        (4, [], [1, 2, 3], False),
        (1, [], [], False),
    ],
)
def test_a_version_never_comes_when_what_was_given_up_accounts_for_all_that_is_missing(
    version: int, known: list[int], discarded: list[int | None], expected: bool
) -> None:
    assert never_comes(version, known, discarded) is expected
