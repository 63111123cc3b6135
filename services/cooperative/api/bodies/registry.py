"""What requests about cooperatives, members and commodities carry."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from services.chassis.fields import (
    LARGEST,
    Body,
    Grade,
    Name,
    Quantity,
    Rupiah,
    Text,
    VillageCode,
)
from services.chassis.ids import new_id
from services.cooperative.api.bodies.once import UNIQUE, Once, once
from services.cooperative.domain import Commodity, Member, Point, Role, Village

PERSON = "01920000-0000-7000-8000-000000000501"
Cost = Annotated[int, Field(strict=True, ge=0, le=LARGEST)]
District = Annotated[
    str,
    Field(
        strict=True,
        pattern=r"^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$",
        description="Kemendagri code of the kecamatan.",
    ),
]


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
    stop_cost: Annotated[Cost, Field(description="Rupiah for a truck's stop there.")] = 0
    haul_cost: Annotated[Cost, Field(description="Rupiah for `per` units of any commodity.")] = 0

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"code": "33.01.18.2006", "name": "Serang"},
                {"code": "33.01.18.2007", "name": "Mulyadadi", "stop_cost": 150_000, "haul_cost": 300},
            ]
        }
    )

    def village(self, cooperative_id: UUID) -> Village:
        return Village(id=new_id(), cooperative_id=cooperative_id, **dict(self))


class NewCosts(Body):
    stop_cost: Annotated[Cost, Field(description="Rupiah for a truck's stop there.")]
    haul_cost: Annotated[Cost, Field(description="Rupiah for `per` units of any commodity.")]

    model_config = ConfigDict(json_schema_extra={"examples": [{"stop_cost": 150_000, "haul_cost": 300}]})


class NewPoint(Body):
    village: Annotated[VillageCode, Field(description="One of the cooperative's member villages.")]
    name: Annotated[Name, Field(description="As people call the place; sellers read it.")]
    latitude: Annotated[
        float | None, Field(strict=True, ge=-90, le=90, description="Degrees, WGS 84; south is below zero.")
    ] = None
    longitude: Annotated[float | None, Field(strict=True, ge=-180, le=180)] = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "village": "33.01.18.2006",
                    "name": "Balai desa",
                    "latitude": -7.4312,
                    "longitude": 108.7789,
                }
            ]
        }
    )

    def point(self, cooperative_id: UUID) -> Point:
        return Point(id=new_id(), cooperative_id=cooperative_id, **dict(self))


class NewMember(Body):
    person_id: UUID
    village: Annotated[VillageCode, Field(description="One of the cooperative's member villages.")]
    role: Role
    name: Annotated[Name, Field(description="As the cooperative knows the person; in no event.")]

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
    once(tuple(unit.name for unit in units))
    return units


class NewCommodity(Body):
    name: Name
    unit: Annotated[
        Literal["g", "ml", "butir", "ikat", "buah"], Field(description="All quantities count it.")
    ]
    per: Annotated[Quantity, Field(description="Prices are rupiah for so many units.")]
    grades: Annotated[
        tuple[Grade, ...], Field(max_length=20, description="Best first.", json_schema_extra=UNIQUE), Once
    ] = ()
    selling_units: Annotated[
        tuple[NewSellingUnit, ...], Field(max_length=20), AfterValidator(_names_once)
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
