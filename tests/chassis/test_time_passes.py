"""Days pass while a service is down: what fell due meanwhile is done when it is up again, once and in order."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from services.chassis.ids import new_id
from services.chassis.tables import due, outbox
from tests.chassis.probe.events import Counted, Settled
from tests.chassis.world import World
from tests.harness.until import until

DAY = timedelta(days=1)
DAYS = 5


async def test_what_fell_due_while_both_replicas_were_down_is_done_once_and_in_order(launched: World) -> None:
    keys = [new_id() for _ in range(2 * DAYS)]
    launched.moves_on(0)
    await scheduled(launched, "ring", keys)
    launched.moves_on((DAYS + 1) * DAY.total_seconds())

    for _ in range(2):
        launched.start("mirror")
    await until(lambda: nothing_is_due(launched), what="all due work is done")

    order = await launched.ask(
        "mirror",
        select(outbox.c.aggregateid)
        .where(outbox.c.aggregateid.in_(map(str, keys)))
        .order_by(outbox.c.xid, outbox.c.id),
    )
    assert [key for (key,) in order] == list(map(str, keys))


async def scheduled(launched: World, kind: str, keys: list[UUID]) -> None:
    """One row each, spread over the coming days."""
    async with launched.tx("mirror") as tx:
        now = await tx.now()
        for place, key in enumerate(keys):
            await tx.schedule(kind, key, now + (place + 1) / len(keys) * DAYS * DAY)


async def nothing_is_due(launched: World) -> bool:
    return await launched.ask("mirror", select(func.count()).select_from(due)) == [(0,)]


async def test_what_ends_others_say_is_done_after_all_they_said_before_is_heard(launched: World) -> None:
    key, spoken = new_id(), 300
    launched.moves_on(0)
    await scheduled(launched, "settle", [key])
    await launched.publish(
        *[
            Counted(counter_id=key, amount=1, total=version, version=version)
            for version in range(1, spoken + 1)
        ]
    )
    launched.moves_on((DAYS + 1) * DAY.total_seconds())

    launched.start("mirror")
    await until(lambda: nothing_is_due(launched), what="the duty is done")

    [(settled,)] = await launched.ask(
        "mirror",
        select(outbox.c.payload).where(
            outbox.c.type == "mirror.settled.v1", outbox.c.aggregateid == str(key)
        ),
    )
    assert Settled.model_validate_json(settled).total == spoken
