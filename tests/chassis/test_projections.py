"""Kept one statement for many events: the same rows as one by one, however the events are grouped or repeated."""

import importlib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, delete, select

from infra.home import CHECKOUT
from infra.services import SERVICES
from infra.stack import Stack
from services.chassis.event import Event
from services.chassis.projection import Projection
from services.chassis.service import Service
from services.chassis.tables import parked
from tests.harness.counts import tries
from tests.harness.service import ServiceUnderTest, under_test

WISHES = [
    (service, projection)
    for service in SERVICES
    for projection in importlib.import_module(f"services.{service}.app").SERVICE.projections
]
EXAMPLES = CHECKOUT / "schemas" / "examples"
SEEDS = range(tries(12))
AGGREGATES, EVENTS = 4, 30
NUMBERS = ("price", "available", "quantity")


def of(name: str) -> Service:
    found: Service = importlib.import_module(f"services.{name}.app").SERVICE
    return found


def drawn(projection: Projection, chance: Random) -> list[Event]:
    """Events of a few aggregates in any order of types and versions, some of them told again."""
    told: list[Event] = []
    for _ in range(EVENTS):
        if told and chance.random() < 0.2:
            told.append(chance.choice(told))
        else:
            kind = projection.events[0] if chance.random() < 0.2 else chance.choice(projection.events)
            told.append(_event(kind, chance))
    return told


def _event(kind: type[Event], chance: Random) -> Event:
    example = min((EXAMPLES / kind.type).glob("*.json"))
    known = kind.model_validate_json(example.read_text())
    mine = {
        kind.key_field: UUID(int=0x7000_8000_0000_0000_0000 + chance.randrange(AGGREGATES)),
        "version": chance.randint(1, 8),
    }
    for name in NUMBERS:
        if name in type(known).model_fields:
            mine[name] = chance.randrange(1, 1_000)
    return known.model_copy(update=mine)


def in_groups(told: Sequence[Event], chance: Random) -> list[list[Event]]:
    groups: list[list[Event]] = [[]]
    for event in told:
        groups[-1].append(event)
        if chance.random() < 0.2:
            groups.append([])
    return [group for group in groups if group]


async def rows(service: ServiceUnderTest, table: Table) -> list[tuple[Any, ...]]:
    async with service.tx() as tx:
        return sorted(map(tuple, await tx.execute(select(table))), key=repr)


async def emptied(service: ServiceUnderTest, table: Table) -> None:
    async with service.tx() as tx:
        await tx.execute(delete(table))


async def kept_one_by_one(
    service: ServiceUnderTest, projection: Projection, told: Sequence[Event]
) -> list[tuple[Any, ...]]:
    """As the handlers written for one event keep them; where one also decides, only its keeping counts."""
    for event in told:
        reaction = service.running.reactions.by_type[event.type]
        async with service.tx() as tx:
            if reaction.together:
                await reaction.handler(event, tx)
            else:
                await projection.keep(tx, [event])
    return await rows(service, projection.table)


@pytest.mark.parametrize(("name", "projection"), WISHES, ids=[f"{a}.{b.name}" for a, b in WISHES])
async def test_any_grouping_keeps_the_rows_that_single_events_keep(
    stack: Stack, tmp_path: Path, name: str, projection: Projection
) -> None:
    async with under_test(stack, of(name), tmp_path) as service:
        kept = 0
        for seed in SEEDS:
            chance = Random(f"{name}.{projection.name}.{seed}")
            told = drawn(projection, chance)
            await emptied(service, projection.table)
            single = await kept_one_by_one(service, projection, told)
            await emptied(service, projection.table)
            for group in in_groups(told, chance):
                async with service.tx() as tx:
                    await projection.keep(tx, group)

            assert await rows(service, projection.table) == single, (seed, told)
            kept += len(single)
        assert kept


@pytest.mark.parametrize(("name", "projection"), WISHES, ids=[f"{a}.{b.name}" for a, b in WISHES])
async def test_the_consumer_keeps_a_group_as_it_keeps_single_events(
    stack: Stack, tmp_path: Path, name: str, projection: Projection
) -> None:
    listed = [one for one in projection.events if of(name).reactions.by_type[one.type].together]
    alone = Projection(projection.table, tuple(listed), projection.keep)
    if not listed:
        alone = projection
    async with under_test(stack, of(name), tmp_path) as service:
        told = {(event.type, event.key, event.version): event for event in drawn(alone, Random(name))}
        records = [service.record(event) for event in told.values()]
        for one in records:
            await service.takes(one)
        single = await rows(service, projection.table)
        await emptied(service, projection.table)
        await emptied(service, service.service.metadata.tables["inbox"])

        await service.takes(*records, *records[:3])

        assert await rows(service, projection.table) == single
        assert single or await rows(service, parked)
