"""Credits over HTTP: what sellers carry over, and every entry that made it so."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.chassis.fields import View
from services.chassis.http import RequestTx, service_router
from services.chassis.page import Page, Paging
from services.cooperative import queries
from services.cooperative.api.callers import CreditReader
from services.cooperative.api.views import Shown

router = service_router(tags=["credits"])


class AmountView(Shown):
    commodity_id: UUID
    commodity_name: str
    unit: str
    amount: Annotated[
        int, Field(description="Above zero: due to the seller. Below: given beyond what was due.")
    ]


class CreditsView(View):
    seller_id: UUID
    name: str
    village: str
    amounts: tuple[AmountView, ...]


class EntryView(Shown):
    id: UUID
    seller_id: UUID
    seller_name: str
    village: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    amount: int
    reason: Annotated[
        str,
        Field(
            description="SHARING: by a window's last record. NOT_HELD, TOO_LATE_HELD, NOT_COMMITTED: what others"
            " kept the seller from giving."
        ),
    ]
    window_id: UUID
    sharing_id: UUID
    share_id: Annotated[UUID | None, Field(description="The share that it is about, where it is about one.")]
    booked_at: datetime


@router.get("/credits")
async def see_credits(reader: CreditReader, tx: RequestTx, paging: Paging) -> Page[CreditsView]:
    """What each seller carries over into the next sharing, by commodity; newest members first."""
    sellers = await queries.seen.credits_of(tx, reader, paging)
    ids = {seller.person_id: seller.id for seller in sellers}
    amounts: dict[UUID, list[AmountView]] = {person_id: [] for person_id in ids}
    for one in await queries.seen.amounts_of(tx, reader.own_cooperative, list(ids)):
        amounts[one.seller_id].append(AmountView.model_validate(one))
    shown = [
        CreditsView(
            seller_id=one.person_id, name=one.name, village=one.village, amounts=amounts[one.person_id]
        )
        for one in sellers
    ]
    return paging.page(shown, by=lambda seen: ids[seen.seller_id])


@router.get("/credits/entries")
async def see_credit_entries(reader: CreditReader, tx: RequestTx, paging: Paging) -> Page[EntryView]:
    """Every change of those credits, newest first, with its reason."""
    seen = await queries.seen.entries_of(tx, reader, paging)
    return paging.page([EntryView.model_validate(one) for one in seen], by=lambda entry: entry.id)
