"""What requests to cooperative carry."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from services.chassis.fields import (
    Body,
    Day,
    Grade,
    Moment,
    Name,
    Quantity,
    Reason,
    Rupiah,
    Text,
    VillageCode,
)
from services.chassis.ids import new_id
from services.cooperative.domain import Answer, Commodity, Member, Role, Village, Window

COOPERATIVE = "01920000-0000-7000-8000-00000000a001"
PERSON = "01920000-0000-7000-8000-000000000501"
CHILLI = "01920000-0000-7000-8000-00000000d001"

District = Annotated[
    str,
    Field(
        strict=True,
        pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$",
        description="Kemendagri code of the kecamatan.",
    ),
]
TimeZone = Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]


def _once(things: tuple[object, ...]) -> tuple[object, ...]:
    if len(set(things)) < len(things):
        raise PydanticCustomError(
            "named_twice",
            "something is named twice",
            {"en": "Name each of them once.", "id": "Sebutkan masing-masing sekali saja."},
        )
    return things


Once = AfterValidator(_once)
UNIQUE = {"uniqueItems": True}


class NewCooperative(Body):
    name: Name
    district: District
    manager_id: Annotated[UUID, Field(description="The person who manages it.")]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Koperasi Cipari", "district": "33.01.18", "manager_id": PERSON}]
        }
    )


class NewVillage(Body):
    code: VillageCode
    name: Name

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "33.01.18.2006", "name": "Serang"}]})

    def village(self, cooperative_id: UUID) -> Village:
        return Village(id=new_id(), cooperative_id=cooperative_id, code=self.code, name=self.name)


class NewMember(Body):
    person_id: UUID
    village: Annotated[VillageCode, Field(description="One of the cooperative's member villages.")]
    role: Role
    name: Annotated[Name, Field(description="Kept here and nowhere else.")]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"person_id": PERSON, "village": "33.01.18.2006", "role": "seller", "name": "Bu Sari"}
            ]
        }
    )

    def member(self, cooperative_id: UUID) -> Member:
        return Member(id=new_id(), cooperative_id=cooperative_id, **dict(self))


class NewSellingUnit(Body):
    name: Annotated[str, Text(40)]
    quantity: Annotated[Quantity, Field(description="How much one holds, in the commodity's unit.")]


def _names_once(units: tuple[NewSellingUnit, ...]) -> tuple[NewSellingUnit, ...]:
    _once(tuple(unit.name for unit in units))
    return units


class NewCommodity(Body):
    name: Name
    unit: Annotated[
        Literal["g", "ml", "butir", "ikat", "buah"], Field(description="All quantities count it.")
    ]
    per: Annotated[Quantity, Field(description="Prices are rupiah for so many units.")]
    grades: Annotated[
        tuple[Grade, ...], Once, Field(max_length=20, description="Best first.", json_schema_extra=UNIQUE)
    ] = ()
    selling_units: Annotated[
        tuple[NewSellingUnit, ...], AfterValidator(_names_once), Field(max_length=20)
    ] = ()
    step: Annotated[Quantity, Field(description="Smallest quantity one orders and shares by.")]
    reference_price: Annotated[Rupiah, Field(description="A public price, in rupiah for `per` units.")]
    dated: Annotated[
        bool, Field(strict=True, description="Whether its lots have a ready and an expiry date.")
    ]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Cabai merah",
                    "unit": "g",
                    "per": 1000,
                    "grades": ["A", "B"],
                    "selling_units": [{"name": "karung", "quantity": 50_000}],
                    "step": 1000,
                    "reference_price": 36_000,
                    "dated": True,
                }
            ]
        }
    )

    def commodity(self, cooperative_id: UUID) -> Commodity:
        return Commodity(id=new_id(), cooperative_id=cooperative_id, **self.model_dump(mode="json"))


class NewWindow(Body):
    name: Name
    commodities: Annotated[
        tuple[UUID, ...], Once, Field(min_length=1, max_length=200, json_schema_extra=UNIQUE)
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
                }
            ]
        }
    )

    def window(self, window_id: UUID, cooperative_id: UUID) -> Window:
        said = dict(self)
        return Window(
            id=window_id, cooperative_id=cooperative_id, commodity_ids=list(said.pop("commodities")), **said
        )


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
