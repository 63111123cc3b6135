"""The manager's board of one window: what it waits for, rounds, lines, and the numbers of each village."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.cooperative.api.views import WindowView
from services.cooperative.domain import Line, Share, ShareStatus, Sharing, Window
from services.cooperative.domain.board import ACCEPTED, VillageSum, village_sums
from services.cooperative.domain.lines import by_line
from services.cooperative.queries import AwaitedOrder, Saga
from services.cooperative.sharing import Record


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
    record_hash: str
    answer_by: datetime
    open: bool
    shares: Annotated[dict[ShareStatus, int], Field(description="How many stand where.")]

    @classmethod
    def of(cls, sharing: Sharing, window: Window, shares: Sequence[Share]) -> "RoundView":
        own = [share for share in shares if share.sharing_id == sharing.id]
        return cls(
            sharing_id=sharing.id,
            round=sharing.round,
            record_hash=sharing.record_hash,
            answer_by=sharing.answer_by,
            open=window.asking and sharing.round == window.round,
            shares=Counter(share.status for share in own),
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
    def of(cls, line: Line, shares: Sequence[Share]) -> "LineView":
        promised = line.quantity - line.missing(shares)
        committed = [share.quantity for share in shares if share.status is ShareStatus.COMMITTED]
        return cls(
            line_id=line.id,
            order_id=line.order_id,
            commodity_name=line.commodity_name,
            unit=line.unit,
            ordered=line.quantity,
            promised=promised,
            accepted=sum(share.quantity for share in shares if share.status in ACCEPTED),
            committed=sum(committed),
            settled=line.settled,
            shortage=line.shortage if promised < line.quantity else None,
        )


class VillageSumView(View):
    village: str
    name: str
    commodity_id: UUID
    commodity_name: str
    unit: str
    lots: int
    offered: Annotated[int, Field(description="What its lots had when they were first shared.")]
    given: Annotated[int, Field(description="What the sharings gave it, all rounds together.")]
    held: Annotated[int, Field(description="What catalog set aside of that.")]
    accepted: Annotated[int, Field(description="What its sellers said yes to.")]
    committed: int
    reasons: Annotated[dict[str, int], Field(description="How many lots got FULL, LEVEL, PRICE and so on.")]

    @classmethod
    def of(cls, total: VillageSum, saga: Saga) -> "VillageSumView":
        line = next(line for line in saga.lines if line.commodity_id == total.commodity_id)
        return cls(
            **vars(total),
            name=saga.names.get(total.village, total.village),
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
    def of(
        cls,
        saga: Saga,
        sharings: Sequence[Sharing],
        *,
        booked: int | None,
        awaited: Sequence[AwaitedOrder],
        left_out: Iterable[UUID],
    ) -> "BoardView":
        shares = by_line(saga.shares)
        records = [Record.model_validate(sharing.record) for sharing in sharings]
        return cls(
            window=WindowView.of(saga.window),
            book=_book(saga.window, booked, awaited, sorted(left_out)),
            rounds=[RoundView.of(sharing, saga.window, saga.shares) for sharing in sharings],
            lines=[LineView.of(line, shares[line.id]) for line in saga.lines],
            villages=[VillageSumView.of(total, saga) for total in village_sums(records, saga.shares)],
        )


def _book(
    window: Window, booked: int | None, awaited: Sequence[AwaitedOrder], left_out: list[UUID]
) -> BookView:
    state: Literal["open", "waiting", "shared"] = "open" if booked is None else "waiting"
    return BookView(
        state="shared" if window.shared else state,
        orders=booked,
        waits_for=[AwaitedOrderView.model_validate(order) for order in awaited],
        left_out=left_out,
    )
