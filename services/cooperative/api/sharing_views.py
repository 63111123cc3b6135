"""What cooperative shows of its sharings: to the manager, to a village's officers, to a seller."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.chassis.fields import View
from services.chassis.telling import Sentences
from services.cooperative.api.views import Shown
from services.cooperative.domain import Sharing, SharingStatus


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


class ToldView(Shown):
    """What a sharing tells a seller of one commodity, or a buyer of the line `line_id`."""

    id: UUID
    person_id: UUID
    line_id: UUID | None
    commodity: str
    sentences: Sentences


class FullSharingView(SharingView):
    """`batch`, `record` are the manager's; `lots`, `credits` a seller's, `told` a buyer's too; `villages` officers'."""

    batch: Annotated[dict[str, Any] | None, Field(description="The frozen input, under pseudonyms.")] = None
    record: Annotated[dict[str, Any] | None, Field(description="The whole record, under pseudonyms.")] = None
    lots: tuple[OwnLotView, ...] = ()
    credits: tuple[OwnCreditView, ...] = ()
    villages: tuple[VillageTotalView, ...] = ()
    told: tuple[ToldView, ...] = ()

    @classmethod
    def of(cls, sharing: Sharing, **more: Any) -> "FullSharingView":
        return cls(**dict(SharingView.model_validate(sharing)), **more)

    def with_papers(self, batch: str, record: str) -> str:
        """The view as JSON with the papers as they are: long ones are not read to be written again."""
        return (
            self.model_dump_json(exclude={"batch", "record"})[:-1] + f',"batch":{batch},"record":{record}}}'
        )


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


def own_part(
    rows: Mapping[str, Sequence[dict[str, Any]]], lots: Mapping[str, UUID]
) -> dict[str, Sequence[View]]:
    """A seller's own rows of a record; `lots`: hers, by pseudonym."""
    return {
        "lots": [OwnLotView(lot_id=lots[row["lot"]], **_shown(OwnLotView, row)) for row in rows["lots"]],
        "credits": [OwnCreditView(**_shown(OwnCreditView, row)) for row in rows["sellers"]],
    }


def _shown(view: type[View], row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in view.model_fields if name in row}
