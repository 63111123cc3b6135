"""Sharings with their papers, from freezing to publication."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, text, update
from sqlalchemy.dialects.postgresql import insert

from services.chassis.tx import Tx
from services.cooperative.domain import Frozen, Sharing, SharingStatus, Window, WindowStatus
from services.cooperative.sharing import Solved
from services.cooperative.tables import sharing_papers, sharings, windows

papers = sharing_papers
_ADD_SENTENCES = text(
    """
INSERT INTO sentences (sharing_id, person_id, line_id, commodity, sentences)
SELECT :sharing_id, coalesce(told.seller_id, lines.buyer_id), told.line_id, told.commodity, told.sentences
FROM jsonb_to_recordset(CAST(:page AS jsonb))
     AS told(seller_id uuid, line_id uuid, commodity text, sentences jsonb)
LEFT JOIN lines ON lines.id = told.line_id
"""
)


async def add_sharing(tx: Tx, sharing: Sharing, **written: str) -> None:
    """A frozen sharing; from its commit on it will be solved, whatever dies."""
    await keep_unfrozen(tx, sharing)
    await tx.execute(update(papers).where(papers.c.sharing_id == sharing.id).values(**written))
    await tx.schedule("publish-sharing", sharing.id, await tx.now())


async def keep_unfrozen(tx: Tx, sharing: Sharing) -> None:
    """A sharing that has no batch yet."""
    tx.add(sharing)
    await tx.flush()
    await tx.execute(insert(papers).values(sharing_id=sharing.id).on_conflict_do_nothing())


async def unfrozen(tx: Tx, window_id: UUID) -> Sharing | None:
    """The window's sharing that is to be frozen again, after that failed and the manager asked for it."""
    found: Sharing | None = await tx.scalar(select(Sharing).where(sharings.c.id.in_(_unfrozen(window_id))))
    return found


async def window_and_unfrozen(tx: Tx, window_id: UUID) -> list[UUID]:
    return [window_id, *await tx.scalars(_unfrozen(window_id))]


def _unfrozen(window_id: UUID) -> Select[tuple[UUID]]:
    wanted = sharings.c.window_id == window_id, sharings.c.status == SharingStatus.FROZEN
    first = sharings.c.id == sharings.c.first_id, papers.c.batch.is_(None)
    return select(sharings.c.id).join(papers, papers.c.sharing_id == sharings.c.id).where(*wanted, *first)


async def compute_again(tx: Tx, sharing: Sharing) -> None:
    """From the batch that was frozen; where freezing it failed, from the market as it is now."""
    lost = await tx.scalar(select(papers.c.batch.is_(None)).where(papers.c.sharing_id == sharing.first_id))
    kind, key = ("freeze-sharing", sharing.window_id) if lost else ("publish-sharing", sharing.id)
    await tx.schedule(kind, key, await tx.now())


async def add_first(tx: Tx, sharing: Sharing, frozen: Frozen) -> None:
    await add_sharing(tx, sharing, batch=frozen.batch, people=frozen.people, known=frozen.known)


async def shared_by_engine(tx: Tx, sharing: Sharing) -> bool:
    """Whether its batch can be shared again; one of the thin rule before the engine cannot."""
    return bool(
        await tx.scalar(select(papers.c.known.is_not(None)).where(papers.c.sharing_id == sharing.first_id))
    )


Papers = tuple[str, str | None, str | None, str, str]


async def frozen_sharing(tx: Tx, sharing_id: UUID) -> Papers | None:
    """What is to be solved: batch, the record before, changes to it, people, and what is behind the pseudonyms.

    None where nobody wants it any more.
    """
    wanted = select(Sharing).join(windows, windows.c.id == sharings.c.window_id)
    frozen = sharings.c.id == sharing_id, sharings.c.status == SharingStatus.FROZEN
    sharing = await tx.scalar(wanted.where(*frozen, windows.c.status == WindowStatus.ANNOUNCED))
    if sharing is None:
        return None
    first = (await tx.execute(select(papers).where(papers.c.sharing_id == sharing.first_id))).one()
    if sharing.id == sharing.first_id:
        return first.batch, None, None, first.people, first.known
    same = sharings.c.window_id == sharing.window_id, sharings.c.record_hash == sharing.previous_hash
    before = select(papers.c.record).join(sharings, sharings.c.id == papers.c.sharing_id).where(*same)
    changes = select(papers.c.changes).where(papers.c.sharing_id == sharing_id)
    return first.batch, await _text(tx, before), await _text(tx, changes), first.people, first.known


async def _text(tx: Tx, asked: Select[Any]) -> str | None:
    found: str | None = await tx.scalar(asked)
    return found


async def window_and_sharing(tx: Tx, sharing_id: UUID) -> list[UUID]:
    found = await tx.scalars(select(sharings.c.window_id).where(sharings.c.id == sharing_id))
    return [sharing_id, *found]


async def sharing_and_window(tx: Tx, sharing_id: UUID) -> tuple[Sharing, Window]:
    """A sharing that must be here, because this service froze it, and its window."""
    both = select(Sharing, Window).join_from(sharings, windows, windows.c.id == sharings.c.window_id)
    row = (await tx.execute(both.where(sharings.c.id == sharing_id))).one()
    return row.Sharing, row.Window


async def keep_record(tx: Tx, sharing: Sharing, found: Solved | None) -> None:
    """The record, as bytes anyone can check; one that is held is kept too, for who has to look into it."""
    if found is not None and found.record:
        own = update(papers).where(papers.c.sharing_id == sharing.id)
        await tx.execute(own.values(record=found.record))


async def add_sentences(tx: Tx, sharing: Sharing, pages: Sequence[str]) -> None:
    """What everybody is told, a page at a time."""
    for page in pages:
        await tx.execute(_ADD_SENTENCES, {"sharing_id": sharing.id, "page": page})


async def first_round(tx: Tx, sharing: Sharing) -> int:
    """The round of the sharing whose batch it shares again."""
    found = await tx.scalar(select(sharings.c.round).where(sharings.c.id == sharing.first_id))
    return int(found or 0)


async def last_sharing(tx: Tx, window_id: UUID) -> Sharing | None:
    """The newest published sharing of the window."""
    told = sharings.c.window_id == window_id, sharings.c.status == SharingStatus.PUBLISHED
    found: Sharing | None = await tx.scalar(
        select(Sharing).where(*told).order_by(sharings.c.round.desc()).limit(1)
    )
    return found
