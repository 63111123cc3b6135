"""Who may touch the parked events of a key: one operator at a time, and no consumer adds to them meanwhile."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import blake2b

from sqlalchemy import ARRAY, Integer, bindparam, text

from services.chassis.database import Database
from services.chassis.tx import Tx

ParkedKey = tuple[str, str]
"""Topic and key."""

_SHARE = text(
    "SELECT pg_advisory_xact_lock_shared(7005, number) FROM unnest(:numbers) AS wanted (number)"
).bindparams(bindparam("numbers", type_=ARRAY(Integer)))
_HOLD = text("SELECT pg_advisory_xact_lock(7005, :number)").bindparams(bindparam("number", type_=Integer))
_SIT_DOWN = text("SELECT pg_try_advisory_lock(7006, :number)").bindparams(bindparam("number", type_=Integer))
_GET_UP = text("SELECT pg_advisory_unlock(7006, :number)").bindparams(bindparam("number", type_=Integer))


class Busy(RuntimeError):
    """Another operator is at the parked events of this key."""


async def share(tx: Tx, keys: Iterable[ParkedKey]) -> None:
    """For consumers: wait until no operator's step is under way, and let none begin before this commits."""
    await tx.execute(_SHARE, {"numbers": sorted(set(map(_number, keys)))})


async def hold(tx: Tx, at: ParkedKey) -> None:
    """For an operator's step: consumers that have an event of this key wait until this commits."""
    await tx.execute(_HOLD, {"number": _number(at)})


@asynccontextmanager
async def alone(database: Database, at: ParkedKey) -> AsyncIterator[None]:
    """Within the block no other operator works on this key; its session ends with its process.

    Raises:
        Busy: another one does.
    """
    async with database.engine.connect() as plain:
        session = await plain.execution_options(isolation_level="AUTOCOMMIT")
        if not await session.scalar(_SIT_DOWN, {"number": _number(at)}):
            raise Busy(f"another operator is at work on {at[1]} of {at[0]}; look again when that is done")
        try:
            yield
        finally:
            await session.execute(_GET_UP, {"number": _number(at)})


def _number(at: ParkedKey) -> int:
    return int.from_bytes(blake2b("/".join(at).encode(), digest_size=4).digest(), signed=True)
