"""Advisory locks on hashed keys: they hold per-aggregate order across transactions and replicas."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, bindparam, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

Key = UUID | str

BUCKETS = 4096
_SPACE = 7001
_TAKE = text(
    "SELECT CASE WHEN shared THEN pg_advisory_xact_lock_shared(:space, bucket)::text"
    " ELSE pg_advisory_xact_lock(:space, bucket)::text END"
    " FROM unnest(:buckets, :shared) AS wanted (bucket, shared)"
).bindparams(bindparam("buckets", type_=ARRAY(Integer)), bindparam("shared", type_=ARRAY(Boolean)))
_READ = re.compile(
    r"\s*(SELECT|SHOW)\b(?!.*\bFOR\s+(NO\s+KEY\s+UPDATE|UPDATE|KEY\s+SHARE|SHARE)\b)", re.S | re.I
)


class LockedTooLate(Exception):
    """A key was locked after a write, or a second time: events could leave out of order."""


def bucket(key: Key) -> int:
    """Which of the `BUCKETS` locks stands for a key; the same on every replica."""
    return int.from_bytes(blake2b(str(key).encode(), digest_size=4).digest()) % BUCKETS


async def take(session: AsyncSession, keys: Iterable[Key], shared: Key | None) -> None:
    """Wait for all locks, in the order of their buckets, so that two transactions cannot wait for each other."""
    wanted = {bucket(shared): True} if shared is not None else {}
    wanted |= dict.fromkeys(map(bucket, keys), False)
    ordered = sorted(wanted)
    params = {"space": _SPACE, "buckets": ordered, "shared": [wanted[one] for one in ordered]}
    await session.execute(_TAKE, params)


def notice_writes(engine: AsyncEngine) -> None:
    """Remember on each connection whether its transaction has written yet."""

    @event.listens_for(engine.sync_engine, "begin")
    def _begins(connection: Any) -> None:
        connection.info["written"] = False

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def _executes(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not _READ.match(statement):
            connection.info["written"] = True


async def has_written(session: AsyncSession) -> bool:
    """Whether this transaction has a write, or a row lock, behind it (objects not yet flushed count)."""
    if session.new or session.dirty or session.deleted:
        return True
    connection = await session.connection()
    return bool(connection.sync_connection and connection.sync_connection.info.get("written"))
