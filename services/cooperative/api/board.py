"""The manager's board of one window: what it waits for, rounds, lines, and the numbers of each village."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.cooperative.api.views import WindowView
from services.cooperative.domain import (
    Line,
    ShareStatus,
    Sharing,
    SharingStatus,
    Tallied,
    VillagePart,
    VillageSum,
    Window,
    village_sums,
)
from services.cooperative.queries import AwaitedOrder


class AwaitedOrderView(View):
    model_config = ConfigDict(from_attributes=True)

    order_id: UUID
    version: Annotated[int, Field(description="The version that counts.")]
    known: Annotated[int | None, Field(description="The newest version that has come, if any has.")]


class BookView(View):
    state: Literal["open", "waiting", "shared"]
    orders: Annotated[int | None, Field(description="How many the closed book names.")]
    waits_for: Annotated[list[AwaitedOrderView], Field(description="Named in the book, not here yet.")]
    left_out: Annotated[list[UUID], Field(description="Named in the book, given up by an operator.")]


class RoundView(View):
    sharing_id: UUID
    round: int
    state: Annotated[SharingStatus, Field(description="Frozen: being computed. Held: not published.")]
    complaint: Annotated[str | None, Field(description="Why nothing was offered, where it is held.")]
    record_hash: str | None
    answer_by: datetime | None
    open: bool
    shares: Annotated[dict[ShareStatus, int], Field(description="How many stand where.")]

    @classmethod
    def of(cls, sharing: Sharing, window: Window, standing: Counter[ShareStatus]) -> "RoundView":
        return cls(
            sharing_id=sharing.id,
            round=sharing.round,
            state=sharing.status,
            complaint=sharing.complaint,
            record_hash=sharing.record_hash,
            answer_by=sharing.answer_by,
            open=window.asking and sharing.round == window.round,
            shares=standing,
        )


class LineView(View):
    line_id: UUID
    order_id: UUID
    commodity_name: str
    unit: str
    ordered: int
    promised: Annotated[int, Field(description="Asked, answered yes, or committed.")]
    accepted: int
    committed: int
    settled: Annotated[bool, Field(description="Whether the buyer has been told.")]
    shortage: Annotated[str | None, Field(description="Why something is missing, where it is.")]

    @classmethod
    def of(cls, line: Line, told: Tallied) -> "LineView":
        return cls(
            line_id=line.id,
            order_id=line.order_id,
            commodity_name=line.commodity_name,
            unit=line.unit,
            ordered=line.quantity,
            **told._asdict(),
            settled=line.settled,
            shortage=line.shortage if told.promised < line.quantity else None,
        )


class VillageSumView(View):
    village: str
    name: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    lots: int
    offered: Annotated[int, Field(description="What its lots had when they were first shared.")]
    hak: Annotated[int, Field(description="What was due to its sellers that day by fairness alone.")]
    credit: Annotated[int, Field(description="What its sellers carried on after the first sharing.")]
    given: Annotated[int, Field(description="What the sharings gave it, all rounds together.")]
    held: Annotated[int, Field(description="What catalog set aside of that.")]
    accepted: Annotated[int, Field(description="What its sellers said yes to.")]
    committed: int
    reasons: Annotated[dict[str, int], Field(description="How many lots got FULL, LEVEL, CAP and so on.")]

    @classmethod
    def of(cls, total: VillageSum, lines: Sequence[Line], names: Mapping[str, str]) -> "VillageSumView":
        line = next(line for line in lines if line.commodity_id == total.commodity_id)
        return cls(
            **vars(total),
            name=names.get(total.village, total.village),
            commodity_name=line.commodity_name,
            unit=line.unit,
        )


class BoardView(View):
    window: WindowView
    book: BookView
    rounds: list[RoundView]
    lines: list[LineView]
    villages: list[VillageSumView]

    @classmethod
    def of(cls, seen: "Seen") -> "BoardView":
        named = {line.commodity_name: line.commodity_id for line in seen.lines}
        sums = village_sums(seen.sharings, seen.parts, named)
        return cls(
            window=WindowView.of(seen.window),
            book=_book(seen),
            rounds=[
                RoundView.of(sharing, seen.window, seen.standings.get(sharing.id, Counter()))
                for sharing in seen.sharings
            ],
            lines=[LineView.of(line, seen.tallied.get(line.id, Tallied())) for line in seen.lines],
            villages=[VillageSumView.of(total, seen.lines, seen.names) for total in sums],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the board is made of. `booked`: how many orders the book names, None while it has not come."""

    window: Window
    lines: Sequence[Line]
    sharings: Sequence[Sharing]
    tallied: Mapping[UUID, Tallied]
    standings: Mapping[UUID, Counter[ShareStatus]]
    parts: Sequence[VillagePart]
    names: Mapping[str, str]
    booked: int | None
    awaited: Sequence[AwaitedOrder]
    left_out: Iterable[UUID]


def _book(seen: Seen) -> BookView:
    state: Literal["open", "waiting", "shared"] = "open" if seen.booked is None else "waiting"
    return BookView(
        state="shared" if seen.window.shared else state,
        orders=seen.booked,
        waits_for=[AwaitedOrderView.model_validate(order) for order in seen.awaited],
        left_out=sorted(seen.left_out),
    )
