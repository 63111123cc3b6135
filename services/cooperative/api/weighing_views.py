"""What cooperative shows of what was weighed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.cooperative.api.views import Shown
from services.cooperative.domain import Judged, WeighIn, Weighing
from services.cooperative.domain.refusals import WeighedTwice


class EntryTakenView(View):
    entry_id: UUID
    lot_code: str
    outcome: Annotated[
        Literal["counted", "conflict", "refused"],
        Field(description="`refused` entries are kept too, and judged anew when they are sent again."),
    ]
    code: Annotated[str | None, Field(description="Of the refusal or conflict, for programs.")]
    sentence: Annotated[str | None, Field(description="What is wrong and what to do.")]


class TakenView(View):
    entries: list[EntryTakenView]

    @classmethod
    def of(cls, judged: Sequence[Judged], conflicts: set[UUID], language: Language) -> "TakenView":
        return cls(entries=[_taken(one, conflicts, language) for one in judged])


def _taken(one: Judged, conflicts: set[UUID], language: Language) -> EntryTakenView:
    twice = WeighedTwice(code=one.entry.lot_code) if one.entry.lot_id in conflicts else None
    told = one.refusal or twice
    return EntryTakenView(
        entry_id=one.entry.entry_id,
        lot_code=one.entry.lot_code,
        outcome="refused" if one.refusal else "conflict" if twice else "counted",
        code=told.code if told else None,
        sentence=told.sentence(language) if told else None,
    )


class WeighInView(Shown):
    id: UUID
    device: str
    entry_id: UUID
    lot_code: str
    lot_id: UUID | None
    gross: int
    tare: int
    grade: str | None
    rejected: bool
    reason: str | None
    photo: str | None
    at: Annotated[datetime, Field(description="By the device's own clock.")]
    weighed_by: str
    received_at: datetime
    final: Annotated[bool, Field(description="The manager's word.")]
    refused_by: Annotated[str | None, Field(description="Why it counts nothing.")]


class WeighingView(Shown):
    id: UUID
    lot_id: UUID
    lot_code: str
    village: str
    unit: str
    committed: int
    net: int
    grade: str | None
    is_rejected: bool
    waiting: Annotated[int, Field(description="Taken, and waiting for the truck.")]
    returned: Annotated[
        int, Field(description="More than was asked for, or of a grade that nobody asked for.")
    ]
    rejected: int
    conflict: Annotated[bool, Field(description="Entries differ, and the manager has not decided.")]
    counts: Annotated[UUID | None, Field(description="Which of the entries counts.")]
    entries: tuple[WeighInView, ...] = ()

    @classmethod
    def of(cls, weighing: Weighing, entries: Sequence[WeighIn]) -> "WeighingView":
        seen = cls.model_validate(weighing)
        return seen.model_copy(update={"entries": tuple(map(WeighInView.model_validate, entries))})
