"""What cooperative shows of itself: villages, members, commodities, windows and shares."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.chassis.telling import Sentences
from services.cooperative.domain import Role, Share, ShareStatus, Window, WindowStatus


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
    stop_cost: Annotated[int, Field(description="Rupiah for a truck's stop there.")]
    haul_cost: Annotated[
        int, Field(description="Rupiah for `per` units of any commodity, on top of its price.")
    ]


class VillageCostsView(Shown):
    id: UUID
    village: str
    stop_cost: int
    haul_cost: int
    changed_by: Annotated[str, Field(description="Who decided it: role and id.")]
    changed_at: datetime


class PolicyView(Shown):
    """How the cooperative shares, as decided last."""

    version: Annotated[int, Field(description="How often it was changed; 0: never, so the usual holds.")]
    first_share_permille: int
    tier_permille: int
    credit_permille: int
    minimum_steps: int
    rounds: int
    changed_by: Annotated[str | None, Field(description="Who changed it: role and id.")]
    changed_at: datetime | None


class MemberView(Shown):
    id: UUID
    person_id: UUID
    village: str
    role: Role
    name: str


class SellingUnitView(View):
    name: str
    quantity: int


class PointView(Shown):
    id: UUID
    village: str
    name: str
    latitude: Annotated[float | None, Field(description="Degrees, WGS 84.")]
    longitude: float | None


class CollectionView(Shown):
    village: Annotated[str, Field(description="Whose sellers bring there.")]
    point_id: UUID
    point_name: str
    point_village: Annotated[str, Field(description="Where the point is.")]
    starts_at: datetime
    ends_at: datetime


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
    plan_id: Annotated[UUID | None, Field(description="The plan that announced it, if one did.")]
    due_at: Annotated[datetime | None, Field(description="When its plan was to announce it.")]
    announced_at: Annotated[datetime | None, Field(description="When it was announced.")]
    closed_early_by: Annotated[
        str | None, Field(description="Who closed it before its time, if anyone: role and id.")
    ]
    smallest_total: Annotated[int | None, Field(description="Rupiah at reference prices.")]
    if_too_small: Annotated[str, Field(description="What happens to its orders then.")]
    status: WindowStatus
    reason: Annotated[str | None, Field(description="Why, where it was called off.")]
    round: Annotated[int, Field(description="How many sharings there were.")]
    rounds_left: Annotated[
        int | None,
        Field(description="How many more there may be by the policy; null until the first is frozen."),
    ]
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
    collected: Annotated[
        int | None, Field(description="Of it weighed and taken; none while it was not weighed.")
    ]
    final_price: Annotated[int | None, Field(description="By the grade that was seen at the weighing.")]
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
