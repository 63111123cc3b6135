"""What is tidied up every hour: partitions made ahead and dropped, stored answers that are too old removed."""

import asyncio
import logging
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.chassis.failure import is_transient, pause
from services.chassis.partitions import tend
from services.chassis.settings import Settings

log = logging.getLogger(__name__)

EVERY_S = 3_600
PORTION = 1_000

_FORGET = text(
    "DELETE FROM idempotency WHERE ctid = ANY(ARRAY("
    " SELECT ctid FROM idempotency WHERE stored_at < clock_timestamp() - make_interval(days => :days)"
    " ORDER BY stored_at LIMIT :portion FOR UPDATE SKIP LOCKED))"
)


async def keep_up(engine: AsyncEngine, settings: Settings, stopping: asyncio.Event) -> None:
    """Tidy up every hour until told to stop."""
    while not stopping.is_set():
        await pause(stopping, EVERY_S)
        await tend(engine, settings.inbox_days, datetime.now(UTC))
        await forget_answers(engine, settings.idempotency_days, stopping)


async def forget_answers(engine: AsyncEngine, days: int, stopping: asyncio.Event) -> None:
    """Remove answers stored under an Idempotency-Key longer ago (real clock); a failure only delays it.

    In small transactions: a long one anywhere stalls every relay of this PostgreSQL.
    """
    while not stopping.is_set():
        try:
            async with engine.begin() as connection:
                removed = await connection.execute(_FORGET, {"days": days, "portion": PORTION})
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("old answers are removed later: %s", error)
            return
        if removed.rowcount < PORTION:
            return
