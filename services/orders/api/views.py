"""What orders shows of windows, orders and books."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import View
from services.chassis.language import Language
from services.orders import texts
from services.orders.domain import (
    Book,
    Commodity,
    Line,
    Order,
    Status,
    TrackingLink,
    Window,
    shown_until,
)
from services.orders.queries import Phase

TRACKING = "/lacak"
"""Where orders are followed; what comes behind it is a secret."""


class CommodityView(View):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    unit: Annotated[str, Field(description="The smallest unit; all quantities count it.")]
    per: Annotated[int, Field(description="Prices are rupiah for so many units.")]
    step: Annotated[int, Field(description="A line's quantity is a multiple of this.")]
    grades: Annotated[list[str], Field(description="Best first; none where the commodity has no grades.")]


class WindowView(View):
    id: UUID
    code: str
    name: str
    cooperative_id: UUID
    phase: Phase
    delivery_day: date
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    smallest_total: Annotated[
        int | None, Field(description="Rupiah at reference prices that all orders must come to, if any.")
    ]
    if_too_small: Annotated[
        str | None, Field(description="Then `call_off`: orders are cancelled; `carry_over`: they wait.")
    ]
    called_off: Annotated[str | None, Field(description="Why, where it was called off.")]
    commodities: list[CommodityView]

    @classmethod
    def of(cls, window: Window, phase: Phase, known: Mapping[UUID, Commodity]) -> "WindowView":
        kept = cls.model_fields.keys() - {"phase", "commodities"}
        listed = [known[each] for each in window.commodity_ids if each in known]
        return cls(
            **{name: getattr(window, name) for name in kept},
            phase=phase,
            commodities=[CommodityView.model_validate(commodity) for commodity in listed],
        )


class VillagePartView(View):
    village: str
    name: str
    quantity: int


class OrderedLineView(View):
    model_config = ConfigDict(from_attributes=True)

    line_id: UUID
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    cap: int
    certificates: list[str]


class LineView(OrderedLineView):
    filled: Annotated[int | None, Field(description="What comes; null until all of the line is known.")]
    missing: int | None
    reason: Annotated[str | None, Field(description="Why something is missing.")]
    villages: Annotated[list[VillagePartView], Field(description="How much comes from where.")]


class NoticeView(View):
    """A warning; the line is accepted all the same."""

    line_id: UUID
    code: str
    sentence: str

    @classmethod
    def of(cls, line: Line, language: Language) -> "NoticeView":
        said = texts.NO_LOT_MEETS[language].format(commodity_name=line.commodity_name)
        return cls(line_id=line.line_id, code="no-lot-meets", sentence=said)


class OrderView(View):
    id: UUID
    code: Annotated[str, Field(description="For people; the last character checks the others.")]
    buyer_id: UUID
    cooperative_id: UUID
    window_id: Annotated[UUID | None, Field(description="Null while it waits for the next window.")]
    status: Status
    placed_at: datetime
    version: Annotated[int, Field(description="Also the ETag; send it as If-Match to change the order.")]
    lines: list[LineView]
    notices: Annotated[list[NoticeView], Field(description="Warnings, as far as is known today.")]

    @classmethod
    def of(cls, order: Order, unmet: Collection[UUID], language: Language) -> "OrderView":
        """`unmet` are lines that no lot known today could serve."""
        kept = cls.model_fields.keys() - {"lines", "notices"}
        return cls(
            **{name: getattr(order, name) for name in kept},
            lines=[LineView.model_validate(line) for line in order.lines],
            notices=[NoticeView.of(line, language) for line in order.lines if line.line_id in unmet],
        )


class TrackingLinkView(View):
    """Whoever has one of the two addresses sees the order's page, without a token."""

    order_id: UUID
    path: Annotated[str, Field(description="To send: a secret too long to guess.")]
    short_path: Annotated[
        str, Field(description="To print or to say: its code is short, wrong tries are few.")
    ]
    made_at: datetime
    shown_until: Annotated[
        datetime, Field(description="Afterwards it shows nothing; follows the delivery day.")
    ]

    @classmethod
    def of(cls, link: TrackingLink, window: Window) -> "TrackingLinkView":
        return cls(
            order_id=link.order_id,
            path=f"{TRACKING}/{link.secret.hex}",
            short_path=f"{TRACKING}/{link.code}",
            made_at=link.made_at,
            shown_until=shown_until(window),
        )


class VersionView(View):
    model_config = ConfigDict(from_attributes=True)

    version: int
    what: Annotated[str, Field(description="What made this version: the event's type.")]
    at: datetime
    actor: Annotated[str, Field(description="`<role>:<person>`, or `service:<name>`.")]
    on_behalf_of: Annotated[str | None, Field(description="The person for whom it was done.")]
    window_id: Annotated[UUID | None, Field(description="Null where it waited.")]
    lines: Annotated[
        list[OrderedLineView] | None, Field(description="All of them; null where the order ended.")
    ]


class BookedOrderView(View):
    order_id: UUID
    version: int


class BookView(View):
    model_config = ConfigDict(from_attributes=True)

    window_id: UUID
    cooperative_id: UUID
    due_at: datetime
    closed_at: datetime
    digest: Annotated[str, Field(description="SHA-256 of `order_id:version` and a newline for each order.")]
    orders: Annotated[list[BookedOrderView], Field(description="In the order of their ids.")]

    @classmethod
    def of(cls, book: Book) -> "BookView":
        return cls.model_validate(book)
