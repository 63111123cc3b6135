"""What phones and managers say of what was weighed."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.codes import as_printed
from services.chassis.fields import LARGEST, Body, Grade, Moment, Name, Reason, Text
from services.chassis.ids import new_id
from services.cooperative.domain import WeighIn

Weight = Annotated[int, Field(strict=True, ge=0, le=LARGEST)]
MANAGER = "manager"
"""The device of a manager's word."""


class Weighed(Body):
    gross: Annotated[Weight, Field(description="In the commodity's unit; 0 where nothing was brought.")]
    tare: Annotated[Weight, Field(description="Of sack or crate.")] = 0
    grade: Annotated[Grade | None, Field(description="As it was seen; none where it has no grades.")] = None
    rejected: Annotated[bool, Field(strict=True, description="Nothing of it is taken.")] = False
    photo: Annotated[
        Annotated[str, Text(200)] | None, Field(description="By what name the photo is found.")
    ] = None


class NewWeighIn(Weighed):
    entry_id: Annotated[UUID, Field(description="The phone's own, new for each weighing.")]
    lot_code: Annotated[str, Text(20), Field(description="As scanned or typed.")]
    reason: Annotated[
        Reason | None, Field(description="Needed where it is rejected, or of another grade than listed.")
    ] = None
    at: Annotated[Moment, Field(description="By the phone's own clock.")]

    def entry(self, window_id: UUID, device: str, by: str, received_at: datetime) -> WeighIn:
        said = self.model_dump(exclude={"entry_id", "lot_code"})
        return WeighIn(
            id=new_id(),
            window_id=window_id,
            device=device,
            entry_id=self.entry_id,
            digest=sha256(self.model_dump_json().encode()).hexdigest(),
            lot_code=as_printed(self.lot_code),
            weighed_by=by,
            received_at=received_at,
            **said,
        )


class NewWeighIns(Body):
    device: Annotated[Name, Field(description="Which phone this is, always the same.")]
    entries: Annotated[tuple[NewWeighIn, ...], Field(min_length=1, max_length=100)]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "device": "HP Pak Darto",
                    "entries": [
                        {
                            "entry_id": "01a20720-0000-7000-8000-000000000001",
                            "lot_code": "M8CZ-8J08",
                            "gross": 49_200,
                            "tare": 1_200,
                            "grade": "A",
                            "at": "2026-11-28T23:40:00Z",
                        }
                    ],
                }
            ]
        }
    )

    def said(self, window_id: UUID, by: str, received_at: datetime) -> list[WeighIn]:
        return [one.entry(window_id, self.device, by, received_at) for one in self.entries]


class NewDecision(Weighed):
    lot_id: UUID
    reason: Annotated[Reason, Field(description="Why these numbers count; the seller reads it.")]

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "lot_id": "01a205fd-5c20-721a-892f-6c1819357f1b",
                    "gross": 49_200,
                    "tare": 1_200,
                    "grade": "A",
                    "reason": "Ditimbang ulang bersama penjual",
                }
            ]
        }
    )

    def entry(self, window_id: UUID, code: str, by: str, at: datetime) -> WeighIn:
        said = self.model_dump(exclude={"lot_id"})
        return WeighIn(
            id=new_id(),
            window_id=window_id,
            device=MANAGER,
            entry_id=new_id(),
            digest=sha256(self.model_dump_json().encode()).hexdigest(),
            lot_code=code,
            weighed_by=by,
            received_at=at,
            at=at,
            final=True,
            **said,
        )
