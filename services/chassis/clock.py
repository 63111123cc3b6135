"""The judged clock: the database's, moved by an offset that only the embedded stack may set."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import DateTime, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

_TOLD = select(func.clock_timestamp(type_=DateTime(timezone=True)))


class Clock:
    """Time by which deadlines are judged. Partitions and token expiry use the real clock instead."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file

    def offset(self) -> timedelta:
        """How far the stack has moved time on: seconds in its file, zero where there is none."""
        if self._offset_file is None:
            return timedelta()
        try:
            return timedelta(seconds=float(self._offset_file.read_text() or 0))
        except FileNotFoundError:
            return timedelta()

    async def now(self, connection: AsyncConnection) -> datetime:
        real = await connection.scalar(_TOLD)
        if not isinstance(real, datetime):
            raise TypeError("the database told no time")
        return real.astimezone(UTC) + self.offset()


async def skew(connection: AsyncConnection) -> timedelta:
    """How far this process' own clock is from the database's; what the round trip took is not counted."""
    before = datetime.now(UTC)
    told = await connection.scalar(_TOLD)
    after = datetime.now(UTC)
    if not isinstance(told, datetime):
        raise TypeError("the database told no time")
    return max(before - told, told - after, timedelta())
