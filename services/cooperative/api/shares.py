"""Shares over HTTP: what sellers are asked, what they answer, and what happened to it."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.chassis.http import Now, RequestTx, service_router
from services.chassis.outbox import emit
from services.chassis.page import Page, Paging
from services.chassis.telling import Spoken
from services.chassis.timeline import entries, note_all
from services.cooperative import queries, texts
from services.cooperative.api.bodies import NewAnswer
from services.cooperative.api.callers import Seller, ShareReader
from services.cooperative.api.story import NamedEntryView, named
from services.cooperative.api.views import ShareView
from services.cooperative.domain import ShareStatus
from services.cooperative.queries import WantedShares

router = service_router(tags=["shares"])


async def wanted(window_id: UUID | None = None, status: ShareStatus | None = None) -> WantedShares:
    return WantedShares(window_id, status)


@router.get("/shares")
async def see_shares(
    wanted: Annotated[WantedShares, Depends(wanted)],
    reader: ShareReader,
    tx: RequestTx,
    paging: Paging,
    now: Now,
    language: Spoken,
) -> Page[ShareView]:
    """A seller's own shares, or those of a manager's cooperative, newest first."""
    seen = await queries.shares_of(tx, reader, wanted, paging)
    return paging.page([ShareView.of(share, now, language) for share in seen], by=lambda share: share.id)


@router.get("/shares/{share_id}")
async def see_share(
    share_id: UUID, reader: ShareReader, tx: RequestTx, now: Now, language: Spoken
) -> ShareView:
    """One share, with the sentence that says why it is so much."""
    return ShareView.of(await queries.share_of(tx, reader, share_id), now, language)


@router.post("/shares/{share_id}/answer")
async def answer_share(
    share_id: UUID, new: NewAnswer, seller: Seller, tx: RequestTx, now: Now, language: Spoken
) -> ShareView:
    """Answer 1 yes, 2 less, 3 no; until the round closes a later answer replaces the earlier."""
    window_id = (await queries.share_of(tx, seller, share_id)).window_id
    await tx.lock(share_id, window_id)
    share, window = await queries.asked_share(tx, share_id)
    window.check_stands()
    answered = share.answer(new.said, new.quantity, at=now)
    emit(tx, answered)
    await note_all(tx, texts.kept([answered]))
    if await queries.all_answered(tx, window_id):
        await tx.schedule("close-round", window_id, now)
    return ShareView.of(share, now, language)


@router.get("/shares/{share_id}/timeline")
async def see_share_timeline(
    share_id: UUID, reader: ShareReader, tx: RequestTx, language: Spoken
) -> list[NamedEntryView]:
    """Everything that happened to the share: when, by whom, on whose behalf."""
    share = await queries.share_of(tx, reader, share_id)
    story = await entries(tx, share.id)
    names = await queries.names_in_window(tx, share.window_id, texts.people(story))
    return [named(entry, share.unit, names, language) for entry in story]
