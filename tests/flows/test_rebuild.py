"""After a whole story every projection of every service is made anew from the topics: the same rows, one by one."""

import importlib

import pytest
from sqlalchemy import delete, select

from demo.people import SELLERS
from demo.steps import STEPS
from demo.story import Story, play
from infra.services import SERVICES
from services.chassis import copies
from services.chassis.projection import Projection
from services.chassis.rebuild import Rebuild
from services.chassis.tx import Tx
from tests.harness.flows import Villages

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROJECTIONS = [
    (service, projection)
    for service in SERVICES
    for projection in importlib.import_module(f"services.{service}.app").SERVICE.projections
]


async def test_every_projection_is_rebuilt_as_it_was(story: Story, running: Villages) -> None:
    await play(story, STEPS, lambda _number, _step: None)
    await _correct(story)
    await running.quiet()
    for name, projection in PROJECTIONS:
        service = running.running[name]
        work = Rebuild(service.database, story.world.kafka, service.reactions, projection)
        before = await rows(running, name, projection)

        assert await work.fill() >= len(before), (name, projection.name)
        found = await work.differences()
        assert found == (len(before), 0, 0, 0), (name, projection.name)
        async with copies.beside(service.database).transaction() as tx:
            assert await _rows(tx, projection) == before

        async with service.transaction() as tx:
            await tx.execute(delete(projection.table))
        await work.apply()
        await work.forget()
        assert await rows(running, name, projection) == before
        assert before


async def _correct(story: Story) -> None:
    """A seller finds one more kilogram than he had listed, which no step of the story tells of."""
    seller = SELLERS[0]
    lot = f"/lots/{story.lots[seller.short]}/corrections"
    await story.world.tell(
        story.voice(seller), "catalog", lot, {"change": 1_000, "reason": "ditimbang ulang"}
    )


async def rows(running: Villages, name: str, projection: Projection) -> list[str]:
    async with running.running[name].transaction() as tx:
        return await _rows(tx, projection)


async def _rows(tx: Tx, projection: Projection) -> list[str]:
    found = await tx.execute(select(projection.table))
    return sorted(repr(tuple(row)) for row in found)


async def test_all_that_services_keep_of_others_alone_is_a_projection() -> None:
    assert [(name, projection.name) for name, projection in PROJECTIONS] == [
        ("catalog", "commodities"),
        ("orders", "commodities"),
        ("orders", "lots"),
        ("cooperative", "lots"),
        ("cooperative", "corrections"),
        ("cooperative", "orders"),
        ("cooperative", "books"),
    ]
