"""The offers of a published sharing that no share has been made of yet, a page at a time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, select

from services.chassis.tx import Tx
from services.cooperative.domain import Sharing
from services.cooperative.sharing import Offer
from services.cooperative.tables import offers, sharings


async def add_offers(tx: Tx, sharing: Sharing, pages: Sequence[str]) -> None:
    rows = [{"sharing_id": sharing.id, "page": number, "told": page} for number, page in enumerate(pages)]
    await tx.execute(insert(offers), rows)


async def take_offers(tx: Tx, sharing_id: UUID) -> list[Offer]:
    """The next page, which nobody gets a second time; nothing where all are taken."""
    first = select(offers.c.page).where(offers.c.sharing_id == sharing_id).order_by(offers.c.page).limit(1)
    next_one = offers.c.sharing_id == sharing_id, offers.c.page == first.scalar_subquery()
    page = await tx.scalar(delete(offers).where(*next_one).returning(offers.c.told))
    return Offer.read(page) if page else []


async def offers_left(tx: Tx, window_id: UUID) -> bool:
    """Whether somebody has still to be asked."""
    return bool(await tx.scalar(select(exists().where(offers.c.sharing_id.in_(_sharings(window_id))))))


async def forget_offers(tx: Tx, window_id: UUID) -> None:
    """Nobody else is asked."""
    await tx.execute(delete(offers).where(offers.c.sharing_id.in_(_sharings(window_id))))


def _sharings(window_id: UUID) -> Select[tuple[UUID]]:
    return select(sharings.c.id).where(sharings.c.window_id == window_id)
