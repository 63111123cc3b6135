"""Traces over HTTP: from a lot forward to order lines, and from each of these back to all its lots."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from services.chassis.codes import as_printed, short_code
from services.chassis.fields import Form, View
from services.chassis.http import RequestTx, service_router
from services.cooperative import queries
from services.cooperative.api.callers import Collector
from services.cooperative.api.views import Shown
from services.cooperative.domain import ShareStatus
from services.cooperative.queries.seen import Passage

Typed = Annotated[
    str,
    Form(
        r"^[0-9A-Za-z-]{1,40}$",
        en="Send the lot code as it is printed, such as M8CZ-8J08.",
        id="Kirim kode lot seperti yang tercetak, misalnya M8CZ-8J08.",
    ),
    Path(description="The lot code, as scanned or typed."),
]

router = service_router(tags=["collection"])


class SourceView(Shown):
    """A part of a line, and the lot that it is of."""

    share_id: UUID
    lot_id: UUID
    lot_code: str
    village: str
    seller_name: Annotated[str | None, Field(description="None where the seller is no member any more.")]
    status: ShareStatus
    quantity: Annotated[int, Field(description="Committed.")]
    collected: Annotated[int | None, Field(description="Of it weighed and taken; none while not weighed.")]


class WeighedView(Shown):
    net: int
    grade: str | None
    returned: int
    rejected: int


class PassageView(View):
    """One way of the lot: through a window to an order line."""

    window_id: UUID
    window_code: str
    delivery_day: date
    own: SourceView
    weighed: Annotated[WeighedView | None, Field(description="The whole lot, for this window.")]
    line_id: UUID
    order_id: UUID
    order_code: str
    ordered: int
    filled: Annotated[int | None, Field(description="What the buyer was told last.")]
    sources: Annotated[
        list[SourceView], Field(description="Back from the line: all its lots, this among them.")
    ]

    @classmethod
    def of(cls, row: Passage, sources: Sequence[Passage]) -> "PassageView":
        return cls(
            window_id=row.window_id,
            window_code=short_code(row.window_id),
            delivery_day=row.delivery_day,
            own=SourceView.model_validate(row),
            weighed=WeighedView.model_validate(row) if row.net is not None else None,
            line_id=row.line_id,
            order_id=row.order_id,
            order_code=short_code(row.order_id),
            ordered=row.ordered,
            filled=row.filled,
            sources=[SourceView.model_validate(one) for one in sources],
        )


class TraceView(View):
    lot_code: str
    commodity_name: str
    unit: str
    passages: list[PassageView]


@router.get("/lots/{code}/trace")
async def trace_lot(
    code: Typed,
    collector: Collector,
    tx: RequestTx,
) -> TraceView:
    """Where the lot went, newest window first, and what else came to the same order lines."""
    rows = await queries.seen.went_to(tx, collector, as_printed(code))
    sources = await queries.seen.came_from(tx, {row.line_id for row in rows})
    return TraceView(
        lot_code=rows[0].lot_code,
        commodity_name=rows[0].commodity_name,
        unit=rows[0].unit,
        passages=[PassageView.of(row, sources[row.line_id]) for row in rows],
    )
