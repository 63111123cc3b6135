"""What requests about lots carry."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Discriminator, Field, Strict, Tag
from pydantic_core import PydanticCustomError

from services.catalog.domain import Offer, Packed
from services.catalog.domain.lot import MOST
from services.chassis.fields import Body, Day, Grade, Quantity, Reason, Rupiah, Text, VillageCode

Certificate = Annotated[str, Text(60)]
SellingUnit = Annotated[str, Text(40)]


class PackedQuantity(Body):
    """As people count it: three sacks."""

    selling_unit: Annotated[SellingUnit, Field(description="One of the commodity's selling units.")]
    count: Quantity


def _kind(quantity: Any) -> str:
    return "packed" if isinstance(quantity, dict | PackedQuantity) else "units"


class NewLot(Body):
    commodity_id: UUID
    village: Annotated[VillageCode, Field(description="Kemendagri code; one of the caller's villages.")]
    quantity: Annotated[
        Annotated[Quantity, Tag("units")] | Annotated[PackedQuantity, Tag("packed")],
        Discriminator(_kind),
        Field(description="In the commodity's smallest unit, or in one of its selling units."),
    ]
    price: Annotated[Rupiah, Field(description="Rupiah for `per` units of the commodity.")]
    grade: Annotated[Grade | None, Field(description="Where the commodity has grades, and only there.")] = (
        None
    )
    ready_on: Annotated[Day | None, Field(description="Where the commodity is dated, and only there.")] = None
    expires_on: Annotated[Day | None, Field(description="Where the commodity is dated, and only there.")] = (
        None
    )
    certificates: Annotated[tuple[Certificate, ...], Field(max_length=20)] = ()

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "commodity_id": "01920000-0000-7000-8000-00000000d001",
                    "village": "33.01.18.2006",
                    "quantity": {"selling_unit": "karung", "count": 1},
                    "price": 35_000,
                    "grade": "A",
                    "ready_on": "2026-11-26",
                    "expires_on": "2026-11-30",
                    "certificates": ["organik"],
                },
                {
                    "commodity_id": "01920000-0000-7000-8000-00000000d002",
                    "village": "33.01.18.2004",
                    "quantity": 15,
                    "price": 85_000,
                },
            ]
        }
    )

    def offer(self, seller_id: UUID) -> Offer:
        quantity = self.quantity
        return Offer(
            seller_id=seller_id,
            village=self.village,
            quantity=quantity if isinstance(quantity, int) else Packed(quantity.selling_unit, quantity.count),
            price=self.price,
            grade=self.grade,
            ready_on=self.ready_on,
            expires_on=self.expires_on,
            certificates=self.certificates,
        )


class NewPrice(Body):
    price: Annotated[Rupiah, Field(description="Rupiah for `per` units of the commodity.")]

    model_config = ConfigDict(json_schema_extra={"examples": [{"price": 36_500}]})


def _not_nothing(change: int) -> int:
    if change == 0:
        raise PydanticCustomError(
            "change_of_nothing",
            "a change of 0 changes nothing",
            {"en": "Send how much more there is, or how much less with a minus.",
             "id": "Kirim berapa lebihnya, atau berapa kurangnya dengan tanda minus."},
        )  # fmt: skip
    return change


class Correction(Body):
    change: Annotated[
        int,
        Strict(),
        Field(
            ge=-MOST,
            le=MOST,
            description="Added, or below zero taken off; in the commodity's unit.",
            json_schema_extra={"not": {"const": 0}},
        ),
        AfterValidator(_not_nothing),
    ]
    reason: Reason

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"change": -5000, "reason": "Dimakan burung semalam"}]}
    )


class Withdrawal(Body):
    reason: Reason

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Sudah laku di pasar Sidareja"}]})
