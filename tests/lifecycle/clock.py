"""Time and ids of a story: the same steps happen at the same moments to the same ids, in every replay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.chassis import ids
from services.chassis.clock import Clock

BEGINS = datetime(2026, 1, 5, 1, tzinfo=UTC)
"""A Monday, eight in the morning in the villages."""
FOUNDED_AT = BEGINS - timedelta(days=1)
TICK = timedelta(milliseconds=1)


class StoryClock(Clock):
    """The judged clock of all services: it moves by a tick when it is looked at, and where the story moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = FOUNDED_AT

    async def now(self, connection: AsyncConnection) -> datetime:
        self.moment += TICK
        return self.moment

    def moves_to(self, moment: datetime) -> None:
        """Let time pass; never back."""
        self.moment = max(self.moment, moment)

    def begins_again(self) -> None:
        """Another story: its ids are those of the one before, whose rows are gone."""
        self.moment = BEGINS
        ids._sequence._millisecond = 0


@contextmanager
def counted_ids(clock: StoryClock) -> Iterator[None]:
    """Within the block ids carry the story's time, and count up where chance would decide."""
    with pytest.MonkeyPatch.context() as patch:
        nanoseconds = SimpleNamespace(time_ns=lambda: int(clock.moment.timestamp() * 1000) * 1_000_000)
        patch.setattr(ids, "time", nanoseconds)
        patch.setattr(ids, "secrets", SimpleNamespace(randbits=lambda _: 0))
        yield
    ids._sequence._millisecond = 0
