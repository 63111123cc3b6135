"""What requests about orders carry."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from services.chassis.fields import Body, Grade, Quantity, Reason, Rupiah, Text
from services.chassis.ids import new_id
from services.orders.domain import Wish

Certificate = Annotated[str, Text(60)]

CHILLI: JsonDict = {
    "commodity_id": "01920000-0000-7000-8000-00000000d001",
    "grade": "A",
    "quantity": 500_000,
    "cap": 38_000,
    "certificates": [],
}
BASKETS: JsonDict = {
    "commodity_id": "01920000-0000-7000-8000-00000000d002",
    "quantity": 40,
    "cap": 90_000,
}


class NewLine(Body):
    commodity_id: Annotated[UUID, Field(description="One of the window's commodities.")]
    quantity: Annotated[Quantity, Field(description="In the commodity's unit; a multiple of its `step`.")]
    cap: Annotated[Rupiah, Field(description="The most you pay: rupiah for `per` units of the commodity.")]
    grade: Annotated[Grade | None, Field(description="The lowest you take; null: any.")] = None
    certificates: Annotated[tuple[Certificate, ...], Field(max_length=20)] = ()

    def wish(self) -> Wish:
        return Wish(
            line_id=new_id(),
            commodity_id=self.commodity_id,
            quantity=self.quantity,
            cap=self.cap,
            grade=self.grade,
            certificates=tuple(dict.fromkeys(self.certificates)),
        )


class NewLines(Body):
    lines: Annotated[tuple[NewLine, ...], Field(min_length=1, max_length=50)]

    model_config = ConfigDict(json_schema_extra={"examples": [{"lines": [CHILLI | {"quantity": 450_000}]}]})

    def wishes(self) -> list[Wish]:
        return [line.wish() for line in self.lines]


class NewOrder(NewLines):
    window_id: UUID

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"window_id": "01920000-0000-7000-8000-00000000c001", "lines": [CHILLI]},
                {"window_id": "01920000-0000-7000-8000-00000000c001", "lines": [BASKETS]},
            ]
        }
    )


class Cancellation(Body):
    reason: Reason

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Acara ditunda minggu depan"}]})
