"""What cooperative shows of itself: villages, members, commodities, windows, shares and sharings."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.chassis.telling import Sentences
from services.cooperative.domain import Role, Share, ShareStatus, Sharing, Window, WindowStatus
from services.cooperative.sharing import Batch, Record


class Shown(View):
    """A view whose fields are those of the thing itself."""

    model_config = ConfigDict(from_attributes=True)


class CooperativeView(Shown):
    id: UUID
    name: str
    district: str
    manager_id: UUID
    created_at: datetime


class VillageView(Shown):
    id: UUID
    code: str
    name: str


class MemberView(Shown):
    id: UUID
    person_id: UUID
    village: str
    role: Role
    name: str


class SellingUnitView(View):
    name: str
    quantity: int


class CommodityView(Shown):
    id: UUID
    name: str
    unit: Annotated[str, Field(description="The smallest unit; all quantities count it.")]
    per: Annotated[int, Field(description="Prices are rupiah for so many units.")]
    grades: Annotated[list[str], Field(description="Best first.")]
    selling_units: list[SellingUnitView]
    step: int
    reference_price: int
    dated: bool
    version: int


class WindowView(Shown):
    id: UUID
    code: str
    name: str
    commodity_ids: list[UUID]
    delivery_day: date
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    round_minutes: int
    firm_at: datetime
    time_zone: str
    status: WindowStatus
    reason: Annotated[str | None, Field(description="Why, where it was called off.")]
    round: Annotated[int, Field(description="How many sharings there were.")]
    asks_until: Annotated[datetime | None, Field(description="When the open round closes.")]

    @classmethod
    def of(cls, window: Window) -> "WindowView":
        return cls.model_validate(window)


class ShareView(View):
    id: UUID
    window_id: UUID
    sharing_id: UUID
    lot_id: UUID
    lot_code: str
    seller_id: UUID
    village: str
    commodity_name: str
    unit: str
    per: int
    price: Annotated[int, Field(description="The seller's own ask: rupiah for `per` units.")]
    round: int
    status: ShareStatus
    wanted: Annotated[int, Field(description="What the sharing gave.")]
    held: Annotated[int, Field(description="What catalog has set aside, and is asked for.")]
    quantity: Annotated[int, Field(description="What stands now.")]
    answer_by: datetime
    can_answer: Annotated[bool, Field(description="Whether an answer still counts.")]
    delivery_day: date
    time_zone: str
    ended_by: str | None
    sentence: Annotated[str, Field(description="Why it is so much, in the language asked for.")]
    sentences: Sentences

    @classmethod
    def of(cls, share: Share, now: datetime, language: Language) -> "ShareView":
        made = {"can_answer", "sentence", "sentences"}
        return cls(
            **{name: getattr(share, name) for name in cls.model_fields.keys() - made},
            can_answer=share.can_answer(now),
            sentence=share.sentences[language],
            sentences=Sentences.model_validate(share.sentences),
        )


class SharingView(Shown):
    id: UUID
    window_id: UUID
    round: int
    shared_at: datetime
    answer_by: datetime
    record_hash: Annotated[str, Field(description="SHA-256 of the whole record's canonical JSON.")]
    previous_hash: str | None


class FullSharingView(SharingView):
    batch: Annotated[Batch | None, Field(description="The frozen input; for the manager.")]
    record: Annotated[Record, Field(description="For a seller: with her own lots only.")]

    @classmethod
    def whole(cls, sharing: Sharing) -> "FullSharingView":
        return cls.model_validate(sharing)

    @classmethod
    def seen_by(cls, sharing: Sharing, own_lots: set[UUID]) -> "FullSharingView":
        seen = Record.model_validate(sharing.record).seen_by(own_lots)
        head = SharingView.model_validate(sharing)
        return cls(**dict(head), batch=None, record=seen)
