"""What sellers carry over, and how it changes: by a record, or by an entry with its reason."""

import asyncio
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import and_, select, text

from services.chassis.tx import Tx
from services.cooperative.domain import Carried, Entry, SharingStatus, Window
from services.cooperative.tables import carried as balances
from services.cooperative.tables import members, sharings

AT_ONCE = 1000
"""Rows taken in before others have their turn."""

_BOOKED = """
INSERT INTO credits (cooperative_id, commodity_id, seller_id, amount)
SELECT cooperative_id, commodity_id, seller_id, sum(amount) FROM booked GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (cooperative_id, commodity_id, seller_id) DO UPDATE SET amount = credits.amount + excluded.amount
"""
_BY_RECORD = text(
    "".join(
        (
            """
WITH behind AS (
    SELECT known::jsonb -> 'sellers' AS sellers, known::jsonb -> 'commodities' AS commodities
    FROM sharing_papers WHERE sharing_id = :first_id
), booked AS (
    INSERT INTO credit_entries (cooperative_id, commodity_id, seller_id, sharing_id, amount, reason, booked_at)
    SELECT :cooperative_id, (commodities ->> commodity)::uuid, (sellers ->> seller)::uuid, :sharing_id,
           hak - given - refused, 'SHARING', :at
    FROM sharing_papers, behind, jsonb_to_recordset(record::jsonb -> 'sellers')
        AS row (seller text, commodity text, hak bigint, given bigint, refused bigint)
    WHERE sharing_id = :sharing_id AND hak - given - refused <> 0
    RETURNING cooperative_id, commodity_id, seller_id, amount
) """,
            _BOOKED,
        )
    )
)
_BY_ENTRY = text(
    "".join(
        (
            """
WITH booked AS (
    INSERT INTO credit_entries
        (cooperative_id, commodity_id, seller_id, sharing_id, share_id, amount, reason, booked_at)
    SELECT :cooperative_id, commodity_id, seller_id, sharing_id, shares.id, told.amount, told.reason, :at
    FROM unnest(CAST(:share_ids AS uuid[]), CAST(:commodity_ids AS uuid[]), CAST(:amounts AS bigint[]),
                CAST(:reasons AS text[])) AS told (share_id, commodity_id, amount, reason)
    JOIN shares ON shares.id = told.share_id
    RETURNING cooperative_id, commodity_id, seller_id, amount
) """,
            _BOOKED,
        )
    )
)


async def carried(tx: Tx, cooperative_id: UUID, commodity_ids: Collection[UUID]) -> list[Carried]:
    """The credits in these commodities that are not zero, with the members whose they are."""
    own = and_(
        members.c.cooperative_id == balances.c.cooperative_id, members.c.person_id == balances.c.seller_id
    )
    asked = select(balances, members.c.name, members.c.village).join(members, own)
    of = balances.c.cooperative_id == cooperative_id, balances.c.commodity_id.in_(commodity_ids)
    found: list[Carried] = []
    for part in (await tx.execute(asked.where(*of, balances.c.amount != 0))).partitions(AT_ONCE):
        found += [Carried(row.seller_id, row.name, row.village, row.commodity_id, row.amount) for row in part]
        await asyncio.sleep(0)
    return found


async def book_record(tx: Tx, window: Window) -> int:
    """Book the window's last record: hak less given less refused. Answers the first round that it counts."""
    told = sharings.c.window_id == window.id, sharings.c.status == SharingStatus.PUBLISHED
    first = sharings.alias("first")
    asked = select(sharings.c.id, sharings.c.first_id, first.c.round).join(
        first, first.c.id == sharings.c.first_id
    )
    last = (await tx.execute(asked.where(*told).order_by(sharings.c.round.desc()).limit(1))).one_or_none()
    if last is None:
        return 0
    ids = {"sharing_id": last.id, "first_id": last.first_id}
    await tx.execute(_BY_RECORD, ids | {"cooperative_id": window.cooperative_id, "at": await tx.now()})
    return int(last.round)


async def book_entries(tx: Tx, cooperative_id: UUID, entries: Iterable[Entry]) -> None:
    """What others prevented is credited back, each with its reason."""
    told = list(entries)
    if not told:
        return
    columns = {
        "share_ids": [one.share_id for one in told],
        "commodity_ids": [one.commodity_id for one in told],
        "amounts": [one.amount for one in told],
        "reasons": [one.reason for one in told],
    }
    await tx.execute(_BY_ENTRY, columns | {"cooperative_id": cooperative_id, "at": await tx.now()})
