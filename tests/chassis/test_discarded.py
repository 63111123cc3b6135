"""What an operator gives up is kept in the history, and its key goes on."""

import asyncio
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from services.chassis.ids import new_id
from services.chassis.outbox import emit
from services.chassis.reaction import Discarded, Farewell
from services.chassis.tables import parked_history
from services.chassis.tx import Tx
from tests.chassis.aside import RINI, history, operating, waiting
from tests.chassis.probe import handlers
from tests.chassis.probe.events import Counted, Gathered
from tests.chassis.probe.mirror import Mirror, mirror_of, on_shelf
from tests.chassis.taken import counted, heard, rung
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until

BAD = handlers.UNLUCKY


async def test_what_is_discarded_is_kept_in_the_history_and_the_key_goes_on(
    mirror: ServiceUnderTest,
) -> None:
    key = new_id()
    told = counted(key, BAD, 6, 7)
    await mirror.receives(*told[:2])

    gone = await operating(mirror).discard((Counted.topic, str(key)), RINI)
    await mirror.receives(told[2])

    assert gone == 2
    assert await heard(mirror) == {key: (7, 1)}
    assert await history(mirror) == [("discarded", *RINI, 1), ("discarded", *RINI, 2)]
    async with mirror.tx() as tx:
        values = list(await tx.scalars(select(parked_history.c.value).order_by(parked_history.c.number)))
    assert values == [event.model_dump_json().encode() for event in told[:2]]


async def test_an_event_nobody_can_read_holds_its_key_until_it_alone_is_discarded(
    mirror: ServiceUnderTest,
) -> None:
    key = new_id()
    unreadable, *later = [mirror.record(event) for event in counted(key, 5, 6, 7)]
    await mirror.takes(replace(unreadable, headers=[]), *later)
    at = Counted.topic, str(key)

    before = await operating(mirror).replay(at, RINI)
    gone = await operating(mirror).discard(at, RINI, only_first=True)
    after = await operating(mirror).replay(at, RINI)

    assert (before.done, gone, after) == (0, 1, (2, ""))
    assert before.stopped_by
    assert await heard(mirror) == {key: (13, 2)}


async def test_nothing_is_done_for_a_key_of_which_nothing_is_parked(mirror: ServiceUnderTest) -> None:
    at = Counted.topic, str(new_id())

    done = await operating(mirror).replay(at, RINI), await operating(mirror).discard(at, RINI)

    assert done == ((0, ""), 0)
    assert await history(mirror) == []


async def on_the_shelf(tx: Tx, _: str) -> list[UUID]:
    return await on_shelf(tx, Gathered(gathering_id=new_id(), shelf=4, version=1))


async def ring_all_on_the_shelf(gone: Discarded, tx: Tx) -> None:
    for mirror_id in await on_the_shelf(tx, gone.key):
        emit(tx, (await mirror_of(tx, mirror_id)).ring())


async def test_where_the_keys_moved_while_waiting_for_them_the_discard_starts_over(
    mirror: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    farewell = Farewell(Counted.topic, ring_all_on_the_shelf, on_the_shelf)
    monkeypatch.setitem(mirror.running.reactions.farewells, Counted.topic, farewell)
    key, held, joined = new_id(), new_id(), new_id()
    await mirror.receives(*counted(key, BAD))
    async with mirror.tx() as tx:
        tx.add(Mirror(held, shelf=4, version=1))
        tx.add(Mirror(joined, shelf=5, version=1))

    async with mirror.tx() as tx:
        await tx.lock(held)
        gone = asyncio.create_task(operating(mirror).discard((Counted.topic, str(key)), RINI))
        await until(partial(waiting, mirror))
        found = await tx.get(Mirror, joined)
        assert found
        found.shelf = 4

    assert await gone == 1
    assert set(await rung(mirror)) == {str(held), str(joined)}
    assert await history(mirror) == [("discarded", *RINI, 1)]
