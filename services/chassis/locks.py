"""Advisory locks on hashed keys: they hold per-aggregate order across transactions and replicas."""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

Key = UUID | str

BUCKETS = 4096
_SPACE = 7001
# A transaction has an id once it has written or locked a row; then it is too late, and no lock is taken.
_TAKE = text(
    "SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NOT NULL THEN 'too late'"
    " WHEN shared THEN pg_advisory_xact_lock_shared(:space, bucket)::text"
    " ELSE pg_advisory_xact_lock(:space, bucket)::text END"
    " FROM unnest(:buckets, :shared) AS wanted (bucket, shared)"
).bindparams(bindparam("buckets", type_=ARRAY(Integer)), bindparam("shared", type_=ARRAY(Boolean)))


class LockedTooLate(Exception):
    """A key was locked after a write, or a second time: events could leave out of order."""


def bucket(key: Key) -> int:
    """Which of the `BUCKETS` locks stands for a key; the same on every replica."""
    return int.from_bytes(blake2b(str(key).encode(), digest_size=4).digest()) % BUCKETS


async def take(session: AsyncSession, keys: Iterable[Key], shared: Key | None) -> None:
    """Wait for all locks, in the order of their buckets, so that two transactions cannot wait for each other.

    Raises:
        LockedTooLate: the transaction has written already.
    """
    wanted = {bucket(shared): True} if shared is not None else {}
    wanted |= dict.fromkeys(map(bucket, keys), False)
    ordered = sorted(wanted)
    params = {"space": _SPACE, "buckets": ordered, "shared": [wanted[one] for one in ordered]}
    if _pending(session) or "too late" in await session.scalars(_TAKE, params):
        raise LockedTooLate(f"lock {keys} once, before the first write")


def _pending(session: AsyncSession) -> bool:
    """Whether objects are added or changed, but not flushed yet."""
    return bool(session.new or session.dirty or session.deleted)
