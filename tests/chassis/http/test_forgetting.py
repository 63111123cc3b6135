"""The answer to an Idempotency-Key is kept for as long as the setting says, and no longer."""

import asyncio

import pytest
from sqlalchemy import select, text, update

from services.chassis import upkeep
from services.chassis.tables import idempotency
from services.chassis.upkeep import forget_answers
from tests.harness.service import ServiceUnderTest, person

DAYS = 30
AGES = {"young": "29 days 23 hours", **{f"old-{one}": f"{DAYS + one} days" for one in range(1, 6)}}


async def test_answers_older_than_the_setting_are_removed_in_small_portions(
    things: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "PORTION", 2)
    async with things.client(person("maker")) as maker:
        for key in AGES:
            await maker.post("/things", json={"name": key}, headers={"Idempotency-Key": key})
    async with things.tx() as tx:
        for key, age in AGES.items():
            then = text("clock_timestamp() - CAST(:age AS interval)").bindparams(age=age)
            await tx.execute(update(idempotency).where(idempotency.c.key == key).values(stored_at=then))

    await forget_answers(things.running.database.engine, DAYS, asyncio.Event())

    async with things.tx() as tx:
        assert list(await tx.scalars(select(idempotency.c.key))) == ["young"]
