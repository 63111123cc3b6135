"""Sharings from freezing to publication, with their papers; and which lots in them are a seller's own."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, update

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.cooperative.domain import Commodity, Frozen, Known, Sharing, SharingStatus, Window, WindowStatus
from services.cooperative.sharing import Solved
from services.cooperative.tables import commodities, lots, sharing_papers, sharings, windows

papers = sharing_papers


async def add_sharing(tx: Tx, sharing: Sharing, **written: str) -> None:
    """A frozen sharing; from its commit on it will be solved, whatever dies."""
    tx.add(sharing)
    await tx.flush()
    await tx.execute(insert(papers).values(sharing_id=sharing.id, **written))
    await tx.schedule("publish-sharing", sharing.id, await tx.now())


async def add_first(tx: Tx, sharing: Sharing, frozen: Frozen) -> None:
    await add_sharing(tx, sharing, batch=frozen.batch, people=frozen.people, known=frozen.known)


async def known_in(tx: Tx, sharing: Sharing) -> dict[str, Any]:
    """What stands behind the pseudonyms of the sharing's batch; nothing for one of the thin rule before it."""
    told = await tx.scalar(select(papers.c.known).where(papers.c.sharing_id == sharing.first_id))
    plain: dict[str, Any] = json.loads(told or "{}")
    return plain


async def frozen_sharing(tx: Tx, sharing_id: UUID) -> tuple[str, str | None, str | None, str] | None:
    """What is to be solved: batch, the record before, changes to it, and people. None if nobody wants it."""
    wanted = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    frozen = sharings.c.id == sharing_id, sharings.c.status == SharingStatus.FROZEN
    sharing = await tx.scalar(wanted.where(*frozen, windows.c.status == WindowStatus.ANNOUNCED))
    if sharing is None:
        return None
    first = (await tx.execute(select(papers).where(papers.c.sharing_id == sharing.first_id))).one()
    if sharing.id == sharing.first_id:
        return first.batch, None, None, first.people
    changes = await tx.scalar(select(papers.c.changes).where(papers.c.sharing_id == sharing_id))
    before = select(papers.c.record).join(sharings, sharings.c.id == papers.c.sharing_id)
    same = sharings.c.window_id == sharing.window_id, sharings.c.record_hash == sharing.previous_hash
    return first.batch, await tx.scalar(before.where(*same)), changes, first.people


async def window_and_sharing(tx: Tx, sharing_id: UUID) -> list[UUID]:
    found = await tx.scalars(select(sharings.c.window_id).where(sharings.c.id == sharing_id))
    return [sharing_id, *found]


async def sharing(tx: Tx, sharing_id: UUID) -> Sharing:
    """A sharing that must be here, because this service froze it."""
    found = await tx.get(Sharing, sharing_id)
    if found is None:
        raise LookupError(f"no sharing {sharing_id}")
    return found


async def known_lots(tx: Tx, sharing: Sharing) -> Known:
    return Known.of(await known_in(tx, sharing))


async def commodities_in(tx: Tx, window: Window) -> Sequence[Commodity]:
    wanted = select(Commodity).where(commodities.c.id.in_(window.commodity_ids))
    return (await tx.scalars(wanted)).all()


async def keep_record(tx: Tx, sharing: Sharing, found: Solved | None) -> None:
    """The record, as bytes anyone can check; one that is held is kept too, for who has to look into it."""
    if found is not None and found.record:
        own = update(papers).where(papers.c.sharing_id == sharing.id)
        await tx.execute(own.values(record=found.record))


async def last_sharing(tx: Tx, window_id: UUID) -> Sharing | None:
    """The newest published sharing of the window."""
    told = sharings.c.window_id == window_id, sharings.c.status == SharingStatus.PUBLISHED
    found: Sharing | None = await tx.scalar(
        select(Sharing).where(*told).order_by(sharings.c.round.desc()).limit(1)
    )
    return found


async def sharing_of(tx: Tx, caller: Caller, sharing_id: UUID) -> Sharing:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    found: Sharing | None = await tx.scalar(seen.where(sharings.c.id == sharing_id, _seen_by(caller)))
    if found is None:
        raise NotFound
    return found


async def sharings_of(tx: Tx, caller: Caller, window_id: UUID, part: Slice) -> Sequence[Sharing]:
    seen = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    wanted = seen.where(sharings.c.window_id == window_id, _seen_by(caller))
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
    return found or "{}"


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
    """Members see what was published; a manager also what is held back, and why."""
    told = sharings.c.status == SharingStatus.PUBLISHED
    if caller.role == "manager":
        told = or_(told, sharings.c.status == SharingStatus.HELD)
    return (windows.c.cooperative_id == caller.cooperative) & told


async def records_of(tx: Tx, window_id: UUID) -> Sequence[Sharing]:
    """All sharings of a window that the board shows, in order."""
    shown = sharings.c.window_id == window_id, sharings.c.status != SharingStatus.DROPPED
    return (await tx.scalars(select(Sharing).where(*shown).order_by(sharings.c.round))).all()
