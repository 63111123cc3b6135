"""Sharings and their papers as people may see them; the database reads long records, not this process."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, text
from sqlalchemy.dialects.postgresql import JSONB

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Sharing, SharingStatus
from services.cooperative.tables import lines, lots, sharing_papers, sharings, windows

papers = sharing_papers
_ROWS = text(
    """
SELECT (SELECT coalesce(jsonb_agg(row), '[]') FROM jsonb_array_elements(told -> 'lots') AS row
        WHERE row ->> 'lot' = ANY(CAST(:lots AS text[]))) AS lots,
       (SELECT coalesce(jsonb_agg(row), '[]') FROM jsonb_array_elements(told -> 'sellers') AS row
        WHERE row ->> 'seller' = :seller) AS sellers
FROM (SELECT record::jsonb AS told FROM sharing_papers WHERE sharing_id = :sharing_id) AS paper
"""
).columns(lots=JSONB, sellers=JSONB)


async def rows_of(
    tx: Tx, sharing: Sharing, seller: str, own: Collection[str]
) -> dict[str, Sequence[dict[str, Any]]]:
    """The record's rows of a seller and of these lots of hers, by pseudonym."""
    asked = {"sharing_id": sharing.id, "seller": seller, "lots": list(own)}
    row = (await tx.execute(_ROWS, asked)).one()
    return {"lots": row.lots or [], "sellers": row.sellers or []}


async def sharing_of(tx: Tx, caller: Caller, sharing_id: UUID) -> Sharing:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    found: Sharing | None = await tx.scalar(seen.where(sharings.c.id == sharing_id, _seen_by(caller)))
    if found is None:
        raise NotFound
    return found


async def sharings_of(tx: Tx, caller: Caller, window_id: UUID, part: Slice) -> Sequence[Sharing]:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    done = sharings.c.status.in_((SharingStatus.PUBLISHED, SharingStatus.HELD))
    wanted = seen.where(sharings.c.window_id == window_id, _seen_by(caller), done)
    return (await tx.scalars(part.narrow(wanted, by=sharings.c.id))).all()


async def published_paper(tx: Tx, sharing_id: UUID, name: str) -> str:
    """The record of a published sharing, or the batch it was computed from, for anyone."""
    of = sharings.c.id if name == "record" else sharings.c.first_id
    asked = select(papers.c[name]).join(sharings, of == papers.c.sharing_id)
    told = sharings.c.id == sharing_id, sharings.c.status == SharingStatus.PUBLISHED
    found: str | None = await tx.scalar(asked.where(*told))
    if found is None:
        raise NotFound
    return found


async def record_in(tx: Tx, sharing: Sharing) -> str:
    found: str | None = await tx.scalar(select(papers.c.record).where(papers.c.sharing_id == sharing.id))
    return found or "null"


async def batch_in(tx: Tx, sharing: Sharing) -> str:
    found: str | None = await tx.scalar(select(papers.c.batch).where(papers.c.sharing_id == sharing.first_id))
    return found or "{}"


async def own_lots(tx: Tx, caller: Caller) -> set[UUID]:
    """The lots of the person who calls or is acted for."""
    own = lots.c.seller_id == caller.person
    if caller.role == "assistant":
        own &= lots.c.village.in_(caller.villages)
    return set(await tx.scalars(select(lots.c.id).where(own)))


def _seen_by(caller: Caller) -> ColumnElement[bool]:
    """Members see what was published, buyers where they ordered; a manager also what is held back, and why."""
    told = sharings.c.status == SharingStatus.PUBLISHED
    if caller.role == "buyer":
        return told & exists().where(lines.c.window_id == windows.c.id, lines.c.buyer_id == caller.person)
    if caller.role == "manager":
        told = sharings.c.status != SharingStatus.DROPPED
    return (windows.c.cooperative_id == caller.cooperative) & told


async def records_of(tx: Tx, window_id: UUID) -> Sequence[Sharing]:
    """All sharings of a window that the board shows, in order."""
    shown = sharings.c.window_id == window_id, sharings.c.status != SharingStatus.DROPPED
    return (await tx.scalars(select(Sharing).where(*shown).order_by(sharings.c.round))).all()
