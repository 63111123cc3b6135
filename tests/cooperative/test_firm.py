"""Firm, commitments and calling off, on a real database."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from services.cooperative.domain import ShareStatus
from services.cooperative.tables import shares
from tests.cooperative.people import ANSWER_BY, FIRM, KG, LINE, SARI, SARI_CALLS, TUTI, WINDOW
from tests.cooperative.steps import is_firm, is_offered, is_settled, is_shared, says, since
from tests.cooperative.told import committed, held, lot, refused
from tests.harness.service import ServiceUnderTest

LINES = ("cooperative.line_filled.v1", "cooperative.line_short.v1")


async def told_of_line(cooperative: ServiceUnderTest) -> dict[str, Any]:
    (line,) = await cooperative.events(*LINES)
    return line


async def test_at_firm_every_accepted_share_is_to_be_committed(cooperative: ServiceUnderTest) -> None:
    wanted = await is_firm(cooperative)

    assert [one["quantity"] for one in wanted] == [20 * KG] * 3
    assert await cooperative.events(*LINES) == []


async def test_firm_closes_an_open_round_first(cooperative: ServiceUnderTest) -> None:
    offers = await is_offered(cooperative)
    await says(cooperative, SARI_CALLS, offers[SARI], 2, 5 * KG)
    async with cooperative.tx() as tx:
        await tx.unschedule("close-round", WINDOW)
    before = len(await cooperative.emitted())

    await cooperative.falls_due(FIRM)

    assert sorted(since(await cooperative.events(), before)) == [
        ("commit_wanted", 5 * KG),
        ("release_wanted", 15 * KG),
        ("release_wanted", 20 * KG),
        ("release_wanted", 20 * KG),
        ("share_lapsed", 20 * KG),
        ("share_lapsed", 20 * KG),
    ]


async def test_a_line_is_filled_when_its_last_commitment_is_in(cooperative: ServiceUnderTest) -> None:
    first, second, third = await is_firm(cooperative)
    await cooperative.receives(committed(first), committed(second))
    before = len(await cooperative.emitted())

    await cooperative.receives(committed(third))

    assert since(await cooperative.events(), before) == [("share_committed", 20 * KG), ("line_filled", None)]
    line = await told_of_line(cooperative)
    assert (line["line_id"], line["ordered"], line["filled"]) == (str(LINE), 60 * KG, 60 * KG)
    assert [(part["name"], part["quantity"]) for part in line["villages"]] == [
        ("Cisuru", 20 * KG),
        ("Serang", 20 * KG),
        ("Mulyadadi", 20 * KG),
    ]


async def test_two_commitments_that_complete_a_line_at_once_tell_it_once(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_firm(cooperative)
    await cooperative.receives(committed(first))

    await asyncio.gather(cooperative.receives(committed(second)), cooperative.receives(committed(third)))

    assert (await told_of_line(cooperative))["filled"] == 60 * KG


async def test_a_line_that_is_complete_is_found_by_the_sweep_too(cooperative: ServiceUnderTest) -> None:
    await is_firm(cooperative)
    await cooperative.falls_due(FIRM + timedelta(minutes=2))
    assert await cooperative.events(*LINES) == []

    async with cooperative.tx() as tx:
        await tx.execute(update(shares).values(status=ShareStatus.COMMITTED))
    await cooperative.falls_due(FIRM + timedelta(minutes=10))

    assert (await told_of_line(cooperative))["type"] == "cooperative.line_filled.v1"


async def test_what_catalog_cannot_commit_leaves_the_line_short_with_the_reason(
    cooperative: ServiceUnderTest,
) -> None:
    first, second, third = await is_firm(cooperative)

    await cooperative.receives(committed(first, 15 * KG), committed(second, 0), committed(third))

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (35 * KG, 25 * KG, "NOT_COMMITTED")


async def test_the_same_commitment_told_in_two_messages_counts_once(cooperative: ServiceUnderTest) -> None:
    wanted = await is_firm(cooperative)

    await cooperative.receives(*[committed(one) for one in wanted])
    await cooperative.receives(*[committed(one, version=9) for one in wanted])

    emitted = await cooperative.emitted()
    assert emitted.count("cooperative.share_committed.v1") == 3
    assert emitted.count("cooperative.line_filled.v1") == 1


async def test_a_line_that_nobody_could_serve_is_short_at_firm(cooperative: ServiceUnderTest) -> None:
    await is_shared(cooperative, lot(SARI, 20 * KG, grade="B"))

    await cooperative.falls_due(FIRM)

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (0, 60 * KG, "NO_ELIGIBLE_LOT")


async def test_a_line_with_too_little_stock_is_short_by_what_is_missing(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative, lot(SARI, 20 * KG), lot(TUTI, 30 * KG))

    line = await told_of_line(cooperative)
    assert (line["filled"], line["missing"], line["reason"]) == (50 * KG, 10 * KG, "NO_STOCK")


async def test_a_line_that_could_not_be_asked_again_is_short_as_too_late(
    cooperative: ServiceUnderTest,
) -> None:
    (wanted,) = await is_shared(cooperative, lot(SARI, 20 * KG))
    await cooperative.receives(held(wanted))
    async with cooperative.tx() as tx:
        await tx.schedule("close-round", WINDOW, FIRM - timedelta(minutes=5))

    await cooperative.falls_due(FIRM - timedelta(minutes=5))
    await cooperative.falls_due(FIRM)

    assert (await told_of_line(cooperative))["reason"] == "TOO_LATE"


async def test_answers_of_catalog_in_any_order_and_late_change_nothing_that_is_settled(
    cooperative: ServiceUnderTest,
) -> None:
    await is_settled(cooperative)
    before = await cooperative.emitted()
    wanted = await cooperative.events("cooperative.hold_wanted.v1")

    await cooperative.receives(
        *[held(one, version=11) for one in wanted],
        *[refused(one, version=12) for one in wanted],
        *[committed(one, version=13) for one in wanted],
    )
    await cooperative.falls_due(ANSWER_BY)

    assert await cooperative.emitted() == before
