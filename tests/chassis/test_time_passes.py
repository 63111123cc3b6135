"""Days pass while a service is down: what fell due meanwhile is done when it is up again, once and in order."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from services.chassis.ids import new_id
from services.chassis.tables import due, outbox
from tests.chassis.probe.events import Counted, Settled
from tests.chassis.world import World
from tests.harness.until import until

DAY = timedelta(days=1)
DAYS = 5
SPOKEN = 300


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


async def test_what_ends_others_say_is_done_after_all_they_said_before_is_heard(
    launched: World, tmp_path: Path
) -> None:
    key, bell, held = new_id(), new_id(), tmp_path / "held"
    launched.moves_on(0)
    await scheduled(launched, "settle", [key])
    said = [Counted(counter_id=key, amount=1, total=place, version=place) for place in range(1, SPOKEN + 1)]
    await launched.publish(*said)
    launched.moves_on((DAYS + 1) * DAY.total_seconds())

    held.touch()
    launched.start("mirror", "--hold", f"group-committed:{held}")
    await until(held.with_suffix(".reached").exists, what="a part of it is heard")
    async with launched.tx("mirror") as tx:
        await tx.schedule("ring", bell, await tx.now())
    await until(lambda: is_done(launched, bell), what="what fell due later, and waits for nothing, is done")
    assert not await is_done(launched, key)
    held.unlink()
    await until(lambda: is_done(launched, key), what="it is done")

    told = select(outbox.c.payload).where(outbox.c.type == Settled.type, outbox.c.aggregateid == str(key))
    [(settled,)] = await launched.ask("mirror", told)
    assert Settled.model_validate_json(settled).total == SPOKEN


async def is_done(launched: World, key: UUID) -> bool:
    return not await launched.ask("mirror", select(due.c.key).where(due.c.key == str(key)))
