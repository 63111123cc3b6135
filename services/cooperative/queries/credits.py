"""What sellers carry over, and how it changes: by a record, or by an entry with its reason."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import and_, select, text

from services.chassis.tx import Tx
from services.cooperative.domain import Carried, Entry, Window
from services.cooperative.tables import carried as credits
from services.cooperative.tables import members

_BOOKED = """
INSERT INTO credits (cooperative_id, commodity_id, seller_id, amount)
SELECT cooperative_id, commodity_id, seller_id, sum(amount) FROM booked GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT (cooperative_id, commodity_id, seller_id) DO UPDATE SET amount = credits.amount + excluded.amount
"""
_BY_RECORD = text(f"""
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
) {_BOOKED}""")
_BY_ENTRY = text(f"""
WITH booked AS (
    INSERT INTO credit_entries
        (cooperative_id, commodity_id, seller_id, sharing_id, share_id, amount, reason, booked_at)
    SELECT :cooperative_id, commodity_id, seller_id, sharing_id, shares.id, told.amount, told.reason, :at
    FROM unnest(CAST(:share_ids AS uuid[]), CAST(:commodity_ids AS uuid[]), CAST(:amounts AS bigint[]),
                CAST(:reasons AS text[])) AS told (share_id, commodity_id, amount, reason)
    JOIN shares ON shares.id = told.share_id
    RETURNING cooperative_id, commodity_id, seller_id, amount
) {_BOOKED}""")


async def carried(tx: Tx, cooperative_id: UUID, commodity_ids: Collection[UUID]) -> list[Carried]:
    """The credits in these commodities that are not zero, with the members whose they are."""
    own = and_(
        members.c.cooperative_id == credits.c.cooperative_id, members.c.person_id == credits.c.seller_id
    )
    asked = select(credits, members.c.name, members.c.village).join(members, own)
    of = credits.c.cooperative_id == cooperative_id, credits.c.commodity_id.in_(commodity_ids)
    rows = await tx.execute(asked.where(*of, credits.c.amount != 0))
    return [Carried(row.seller_id, row.name, row.village, row.commodity_id, row.amount) for row in rows]


async def book_record(tx: Tx, window: Window) -> None:
    """The credits of the window's last record: hak less given less refused, for each of its sellers."""
    last = await tx.execute(
        text(
            "SELECT id, first_id FROM sharings WHERE window_id = :window_id AND status = 'published'"
            " ORDER BY round DESC LIMIT 1"
        ),
        {"window_id": window.id},
    )
    if found := last.one_or_none():
        ids = {"sharing_id": found.id, "first_id": found.first_id}
        await tx.execute(_BY_RECORD, ids | {"cooperative_id": window.cooperative_id, "at": await tx.now()})


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
