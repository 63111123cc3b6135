"""What a transaction allows: lock first, then write, then emit; and a change that came second fails."""

from traceback import format_exception
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.failure import is_conflict
from services.chassis.ids import new_id
from services.chassis.locks import LockedTooLate
from services.chassis.outbox import LARGEST_VALUE, NotLocked, TooLarge, emit
from tests.chassis.probe.events import Counted
from tests.chassis.probe.mirror import Mirror, labels, mirrors
from tests.harness.service import ServiceUnderTest


async def stored(mirror: ServiceUnderTest, total: int = 0) -> UUID:
    """A mirror in the database, at version 1."""
    mirror_id = new_id()
    async with mirror.tx() as tx:
        tx.add(Mirror(mirror_id, total=total, version=1))
    return mirror_id


async def test_an_emit_for_an_aggregate_that_is_not_locked_raises(mirror: ServiceUnderTest) -> None:
    mirror_id = await stored(mirror)

    with pytest.raises(NotLocked):
        async with mirror.tx() as tx:
            found = await tx.get(Mirror, mirror_id)
            assert found
            emit(tx, found.ring())

    assert await mirror.emitted() == []


async def test_an_emit_for_one_aggregate_under_the_lock_of_another_raises(mirror: ServiceUnderTest) -> None:
    mirror_id = await stored(mirror)

    with pytest.raises(NotLocked):
        async with mirror.tx() as tx:
            await tx.lock(new_id())
            found = await tx.get(Mirror, mirror_id)
            assert found
            emit(tx, found.ring())


async def test_what_is_born_in_the_transaction_needs_no_lock(mirror: ServiceUnderTest) -> None:
    async with mirror.tx() as tx:
        emit(tx, Mirror(new_id()).ring())

    assert await mirror.emitted() == ["mirror.rung.v1"]


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE mirrors SET shelf = 1",
        "SELECT id FROM mirrors FOR UPDATE",
        "SELECT id FROM mirrors FOR SHARE",
        "WITH moved AS (UPDATE mirrors SET shelf = 1 RETURNING id) SELECT id FROM moved",
        "INSERT INTO inbox (id) VALUES (gen_random_uuid()) ON CONFLICT DO NOTHING",
    ],
)
async def test_a_lock_after_a_write_raises(mirror: ServiceUnderTest, write: str) -> None:
    mirror_id = await stored(mirror)

    with pytest.raises(LockedTooLate):
        async with mirror.tx() as tx:
            await tx.execute(text(write))
            await tx.lock(mirror_id)


async def test_a_lock_after_an_object_was_added_or_changed_raises(mirror: ServiceUnderTest) -> None:
    mirror_id = await stored(mirror)

    with pytest.raises(LockedTooLate):
        async with mirror.tx() as tx:
            tx.add(Mirror(new_id()))
            await tx.lock(mirror_id)
    with pytest.raises(LockedTooLate):
        async with mirror.tx() as tx:
            found = await tx.get(Mirror, mirror_id)
            assert found
            found.shelf = 3
            await tx.lock(mirror_id)


@pytest.mark.parametrize(
    "read", ["SELECT 1", "WITH all_of_them AS (SELECT id FROM mirrors) SELECT id FROM all_of_them"]
)
async def test_a_lock_after_reading_is_taken_and_what_was_read_is_read_again(
    mirror: ServiceUnderTest, read: str
) -> None:
    mirror_id = await stored(mirror)

    async with mirror.tx() as tx:
        await tx.execute(text(read))
        before = await tx.get(Mirror, mirror_id)
        async with mirror.tx() as other:
            await other.execute(update(mirrors).values(total=7, version=2))
        await tx.lock(mirror_id)
        after = await tx.get(Mirror, mirror_id)

    assert before
    assert after
    assert (before.total, after.total) == (0, 7)


async def test_a_second_lock_raises(mirror: ServiceUnderTest) -> None:
    with pytest.raises(LockedTooLate):
        async with mirror.tx() as tx:
            await tx.lock(new_id())
            await tx.lock(new_id())


async def test_a_change_to_a_version_that_is_gone_fails_as_a_conflict(mirror: ServiceUnderTest) -> None:
    mirror_id = await stored(mirror)

    with pytest.raises(StaleDataError) as second:
        async with mirror.tx() as tx:
            found = await tx.get(Mirror, mirror_id)
            assert found
            found.add(1)
            async with mirror.tx() as other:
                await other.execute(update(mirrors).values(total=7, version=2))

    assert is_conflict(second.value)
    async with mirror.tx() as tx:
        assert await tx.scalar(select(mirrors.c.total)) == 7


async def test_an_event_over_900_kb_is_refused_by_emit(mirror: ServiceUnderTest) -> None:
    async with mirror.tx() as tx:
        with pytest.raises(TooLarge):
            emit(tx, Counted(counter_id=new_id(), amount=1, total=1, padding="x" * LARGEST_VALUE, version=1))

    assert await mirror.emitted() == []


async def test_what_was_emitted_is_stored_in_that_order_and_only_if_the_transaction_commits(
    mirror: ServiceUnderTest,
) -> None:
    kept, lost = Mirror(new_id()), Mirror(new_id())

    async with mirror.tx() as tx:
        await tx.lock(kept.id)
        emit(tx, kept.add(5))
        emit(tx, kept.ring())
        emit(tx, kept.settle())
    with pytest.raises(RuntimeError):
        async with mirror.tx() as tx:
            emit(tx, lost.add(5))
            raise RuntimeError

    assert [(event["version"], event["type"]) for event in await mirror.events()] == [
        (1, "mirror.mirrored.v1"),
        (2, "mirror.rung.v1"),
        (3, "mirror.settled.v1"),
    ]


async def test_an_error_of_the_database_repeats_nothing_that_was_entered(mirror: ServiceUnderTest) -> None:
    new = insert(labels).values(id=new_id(), text="Bu Sari", times=1)
    empty = insert(labels).values(id=new_id(), text="Bu Sari")

    for statement, kind in ((new, "UniqueViolation"), (empty, "NotNullViolation")):
        with pytest.raises(IntegrityError) as failed:
            async with mirror.tx() as tx:
                await tx.execute(statement)
                await tx.execute(statement)
        told = "".join(format_exception(failed.value))
        assert kind in told
        assert "Bu Sari" not in told
        assert str(new.compile().params["id"]) not in told
