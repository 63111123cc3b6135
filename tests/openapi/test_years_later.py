"""Time passes over all that hostile requests left behind: books close, it is shared, and nothing breaks."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from demo.steps.firm import check_lot
from services.chassis.tables import due
from tests.harness.service import ServiceUnderTest
from tests.openapi.hamlet import Hamlet
from tests.openapi.stage import MANAGER, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

AFTER_ALL = datetime(2100, 1, 2, tzinfo=UTC)
"""Later than any moment that a field takes."""


async def failed(service: ServiceUnderTest) -> list[str]:
    """Duties that were tried in vain."""
    async with service.tx() as tx:
        return [f"{row.kind} {row.key}" for row in await tx.execute(select(due).where(due.c.attempts > 0))]


async def test_whatever_was_stored_no_event_and_no_duty_fails_on_it_and_stock_adds_up(
    services: Hamlet, stage: Stage
) -> None:
    for moment in (stage.open.closes_at, stage.open.answer_by, stage.open.firm_at, AFTER_ALL):
        await services.settle()
        services.world.move_to(moment)
    await services.settle()

    each = services.services.items()
    assert {name: found for name, one in each if (found := await one.parked() + await failed(one))} == {}
    lots = await services.world.all(stage.caller(MANAGER), "catalog", "/lots")
    assert len(lots) >= len(stage.story.lots)
    for lot in lots:
        check_lot(lot)
