"""Rows in the default partition: of a day without a partition, or under a false clock. Moved, or removed in portions.

Every row stays visible in its parent all the while: the relay must not pass one over, nor the inbox forget one.
"""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

PORTION = 1_000

_ALONE = text("SELECT pg_advisory_xact_lock(7003, 1)")
_CARRIED = "(stray.xid, stray.id) <= (SELECT relay.xid, relay.last_id FROM relay WHERE relay.id = 1)"
_FORGOTTEN = "stray.received_at < clock_timestamp() - interval '{days} days'"


async def has_some(connection: AsyncConnection, parent: str, bounds: tuple[str, str]) -> bool:
    """Whether the default partition holds rows of this day."""
    wanted = f"SELECT EXISTS (SELECT FROM {parent}_default WHERE id >= '{bounds[0]}' AND id < '{bounds[1]}')"  # noqa: S608
    return bool(await connection.scalar(text(wanted)))


async def adopt(engine: AsyncEngine, parent: str, part: str, bounds: tuple[str, str]) -> None:
    """Give the day its partition: its rows are copied in portions, then taken over in one short transaction."""
    copied = PORTION
    while copied == PORTION:
        async with engine.begin() as connection:
            if await _stands_ready(connection, parent, part):
                return
            copied = (await connection.execute(text(_copy(parent, part, bounds)))).rowcount
    async with engine.begin() as connection:
        if not await _stands_ready(connection, parent, part):
            await _take_over(connection, parent, part, bounds)


async def _stands_ready(connection: AsyncConnection, parent: str, part: str) -> bool:
    """Whether another replica has attached it meanwhile; makes the table that is to be attached, if it has not."""
    await connection.execute(_ALONE)
    await connection.execute(text(f"CREATE TABLE IF NOT EXISTS {part} (LIKE {parent} INCLUDING ALL)"))
    attached = f"SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = '{part}'::regclass)"  # noqa: S608
    return bool(await connection.scalar(text(attached)))


def _copy(parent: str, part: str, bounds: tuple[str, str]) -> str:
    last = f"coalesce((SELECT id FROM {part} ORDER BY id DESC LIMIT 1), '{UUID(int=0)}')"  # noqa: S608
    within = f"id >= '{bounds[0]}' AND id < '{bounds[1]}' AND id > {last}"
    return (
        f"INSERT INTO {part} SELECT * FROM {parent}_default WHERE {within}"  # noqa: S608
        f" ORDER BY id LIMIT {PORTION} ON CONFLICT DO NOTHING"
    )


async def _take_over(connection: AsyncConnection, parent: str, part: str, bounds: tuple[str, str]) -> None:
    within = f"stray.id >= '{bounds[0]}' AND stray.id < '{bounds[1]}'"
    await connection.execute(text(f"LOCK TABLE ONLY {parent}, {parent}_default IN ACCESS EXCLUSIVE MODE"))
    await connection.execute(
        text(
            f"INSERT INTO {part} SELECT stray.* FROM {parent}_default AS stray WHERE {within}"  # noqa: S608
            f" AND NOT EXISTS (SELECT FROM {part} AS copied WHERE copied.id = stray.id)"
        )
    )
    await connection.execute(text(f"DELETE FROM {parent}_default AS stray WHERE {within}"))  # noqa: S608
    edges = f"FROM ('{bounds[0]}') TO ('{bounds[1]}')"
    await connection.execute(text(f"ALTER TABLE {parent} ATTACH PARTITION {part} FOR VALUES {edges}"))


async def remove(engine: AsyncEngine, parent: str, before: str, inbox_days: int) -> None:
    """Remove old rows that were never of a day with a partition, once they are carried, or long forgotten."""
    done_with = _CARRIED if parent == "outbox" else _FORGOTTEN.format(days=inbox_days)
    old = (
        f"DELETE FROM {parent}_default WHERE id = ANY(ARRAY(SELECT stray.id FROM {parent}_default AS stray"  # noqa: S608
        f" WHERE stray.id < '{before}' AND {done_with} ORDER BY stray.id LIMIT {PORTION}))"
    )
    removed = PORTION
    while removed == PORTION:
        async with engine.begin() as connection:
            removed = (await connection.execute(text(old))).rowcount
