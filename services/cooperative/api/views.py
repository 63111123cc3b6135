"""What cooperative shows of itself: villages, members, commodities, windows, shares and sharings."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.chassis.telling import Sentences
from services.cooperative.domain import Role, Share, ShareStatus, Sharing, SharingStatus, Window, WindowStatus


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


class PolicyView(Shown):
    """How the cooperative shares, as decided last."""

    version: Annotated[int, Field(description="How often it was changed; 0: never, so the usual holds.")]
    first_share_permille: int
    tier_permille: int
    credit_permille: int
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
    status: SharingStatus
    complaint: Annotated[str | None, Field(description="Why nothing was offered, where it is held.")]
    shared_at: datetime | None
    answer_by: datetime | None
    record_hash: Annotated[
        str | None, Field(description="The record's output_hash, as `lumbung share` has it.")
    ]
    previous_hash: str | None


class VillageTotalView(View):
    village: str
    name: str
    own: Annotated[bool, Field(description="Whether the one who asks serves it.")]
    commodity: str
    lots: int
    offered: int
    hak: Annotated[int, Field(description="What is due today by fairness alone.")]
    due: Annotated[int, Field(description="Hak with the credit carried in.")]
    given: int
    refused: Annotated[int, Field(description="What its own sellers took back by their answers.")]
    credit: Annotated[int, Field(description="What is carried on: due less given less refused.")]


class OwnLotView(View):
    lot_id: UUID
    commodity: str
    unit: str
    quantity: int
    given: int
    reason: Annotated[str, Field(description="FULL, LEVEL, CAP and so on; docs/sharing.md explains each.")]
    level: int | None = None


class OwnCreditView(View):
    commodity: str
    first: int
    hak: int
    due: int
    given: int
    refused: int
    credit: int


class FullSharingView(SharingView):
    """`batch` and `record` are the manager's; `lots` and `credits` a seller's own; `villages` all officers'."""

    batch: Annotated[dict[str, Any] | None, Field(description="The frozen input, under pseudonyms.")] = None
    record: Annotated[dict[str, Any] | None, Field(description="The whole record, under pseudonyms.")] = None
    lots: tuple[OwnLotView, ...] = ()
    credits: tuple[OwnCreditView, ...] = ()
    villages: tuple[VillageTotalView, ...] = ()

    @classmethod
    def of(cls, sharing: Sharing, **more: Any) -> "FullSharingView":
        return cls(**dict(SharingView.model_validate(sharing)), **more)


def village_totals(
    sharing: Sharing, names: Mapping[str, str], served: Collection[str]
) -> list[VillageTotalView]:
    """Each village's hak, given and credit, beside the others'."""
    told = VillageTotalView.model_fields.keys() - {"name", "own"}
    return [
        VillageTotalView(
            **{name: one[name] for name in told},
            name=names.get(one["village"], one["village"]),
            own=one["village"] in served,
        )
        for one in sharing.villages
    ]


def own_part(record: dict[str, Any], lots: Mapping[str, UUID], seller: str) -> dict[str, Any]:
    """A seller's own lots and credits in a record; `lots`: hers, by pseudonym."""
    return {
        "lots": [
            OwnLotView(lot_id=lots[row["lot"]], **_shown(OwnLotView, row))
            for row in record["lots"]
            if row["lot"] in lots
        ],
        "credits": [
            OwnCreditView(**_shown(OwnCreditView, row))
            for row in record["sellers"]
            if row["seller"] == seller
        ],
    }


def _shown(view: type[View], row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in view.model_fields if name in row}
