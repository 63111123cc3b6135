"""What requests about windows and shares carry."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import (
    Body,
    Day,
    Moment,
    Name,
    Quantity,
    Reason,
    Rupiah,
    VillageCode,
)
from services.cooperative.api.bodies.once import UNIQUE, Once
from services.cooperative.domain import Answer, Planned, Window
from services.cooperative.events import IfTooSmall

CHILLI = "01920000-0000-7000-8000-00000000d001"
SmallestTotal = Annotated[
    Rupiah | None,
    Field(description="What all orders must come to at reference prices, in rupiah; null: any."),
]
WhenTooSmall = Annotated[
    IfTooSmall, Field(description="`call_off` cancels the orders, `carry_over` lets them wait.")
]
TimeZone = Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]


class NewCollection(Body):
    point_id: Annotated[UUID, Field(description="One of GET /points.")]
    starts_at: Annotated[Moment, Field(description="Not before the window is firm.")]
    ends_at: Annotated[Moment, Field(description="Not after the delivery day.")]
    villages: Annotated[
        tuple[VillageCode, ...],
        Field(
            max_length=200,
            description="Whose sellers bring there; none: the point's own village.",
            json_schema_extra=UNIQUE,
        ),
        Once,
    ] = ()


class NewWindow(Body):
    name: Name
    commodities: Annotated[
        tuple[UUID, ...], Field(min_length=1, max_length=200, json_schema_extra=UNIQUE), Once
    ]
    delivery_day: Day
    opens_at: Moment
    closes_at: Annotated[Moment, Field(description="When orders closes the book.")]
    answer_by: Annotated[Moment, Field(description="When the first round of answers closes.")]
    round_minutes: Annotated[
        int, Field(strict=True, ge=1, le=10_080, description="How long a later round lasts.")
    ]
    firm_at: Annotated[Moment, Field(description="After this, answers change nothing.")]
    time_zone: TimeZone
    smallest_total: SmallestTotal = None
    if_too_small: WhenTooSmall = "call_off"
    collections: Annotated[
        tuple[NewCollection, ...],
        Field(max_length=100, description="Where and when lots are brought; none: as people agree."),
    ] = ()

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Jumat, dapur kota",
                    "commodities": [CHILLI],
                    "delivery_day": "2027-11-26",
                    "opens_at": "2027-11-22T01:00:00Z",
                    "closes_at": "2027-11-24T05:00:00Z",
                    "answer_by": "2027-11-24T11:00:00Z",
                    "round_minutes": 120,
                    "firm_at": "2027-11-25T05:00:00Z",
                    "time_zone": "Asia/Jakarta",
                    "smallest_total": 5_000_000,
                    "if_too_small": "carry_over",
                }
            ]
        }
    )

    def window(self, window_id: UUID, cooperative_id: UUID) -> Window:
        said = dict(self)
        del said["collections"]
        return Window(
            id=window_id, cooperative_id=cooperative_id, commodity_ids=list(said.pop("commodities")), **said
        )

    def planned(self) -> list[Planned]:
        return [Planned(**dict(one)) for one in self.collections]


class CallOff(Body):
    reason: Annotated[Reason, Field(description="Shown to all buyers and sellers of the window.")]

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Jembatan putus"}]})


class NewAnswer(Body):
    answer: Annotated[int, Field(strict=True, ge=1, le=3, description="1 yes, 2 less, 3 no.")]
    quantity: Annotated[
        Quantity | None, Field(description="With answer 2: how much, in the commodity's unit.")
    ] = None

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answer": 1}, {"answer": 2, "quantity": 12_000}, {"answer": 3}]}
    )

    @property
    def said(self) -> Answer:
        return Answer(self.answer)
