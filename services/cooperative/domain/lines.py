"""An order line while it is shared: what is still missing, and in the end filled or short."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from services.chassis.event import Aggregate, Event
from services.cooperative.domain.collected import Less
from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import BROUGHT, PENDING
from services.cooperative.domain.windows import Window
from services.cooperative.events import LineCollected, LineFilled, LineShort, OrderedLine, VillagePart

TOO_LATE, NO_STOCK, NO_ELIGIBLE_LOT = "TOO_LATE", "NO_STOCK", "NO_ELIGIBLE_LOT"
NOT_COMMITTED = "NOT_COMMITTED"


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order in exactly the version that the closed book names."""

    order_id: UUID
    buyer_id: UUID
    placed_at: datetime
    lines: Sequence[OrderedLine]


@dataclass(eq=False, kw_only=True)
class Line(Aggregate):
    """One line of the closed book. `shortage` says why it would be short if nothing more came.

    `collected`: all lots for it were weighed, and `filled` is what of them is there.
    """

    id: UUID
    window_id: UUID
    order_id: UUID
    buyer_id: UUID
    place: int
    commodity_id: UUID
    commodity_name: str
    unit: str
    per: int
    grade: str | None
    quantity: int
    cap: int
    certificates: Sequence[str]
    delivery_day: date
    shortage: str = TOO_LATE
    filled: int | None = None
    collected: bool = False
    version: int = 0

    @property
    def settled(self) -> bool:
        return self.filled is not None

    def missing(self, shares: Iterable[Share]) -> int:
        """What neither a standing answer, an open question nor a hold on its way promises."""
        return self.quantity - sum(share.promised for share in shares if share.line_id == self.id)

    def shared(self, reason: str | None) -> None:
        """Remember why a sharing could not give all; where lots suited once, they are sold out."""
        never = reason == NO_ELIGIBLE_LOT and self.shortage != NO_STOCK
        self.shortage = NO_ELIGIBLE_LOT if never else NO_STOCK

    def out_of_time(self) -> None:
        """No round can be asked any more; what no lot could ever give stays so named."""
        if self.shortage != NO_ELIGIBLE_LOT:
            self.shortage = TOO_LATE

    def settle(self, shares: Iterable[Share], names: Mapping[str, str]) -> list[Event]:
        """Filled or short, once, when all commitments are in; nothing while one is still awaited."""
        own = [share for share in shares if share.line_id == self.id]
        if self.settled or any(share.status in PENDING for share in own):
            return []
        committed = [share for share in own if share.status in BROUGHT]
        self.filled = min(self.quantity, sum(share.quantity for share in committed))
        if any(share.ended_by == NOT_COMMITTED for share in own):
            self.shortage = NOT_COMMITTED
        return [self._outcome(_by_village([(share.village, share.quantity) for share in committed], names))]

    def collect(self, shares: Sequence[Share], names: Mapping[str, str]) -> list[LineCollected]:
        """Once every lot for it was weighed; again where a lot is weighed anew."""
        own = [share for share in shares if share.line_id == self.id and share.status in BROUGHT]
        there = [(share.village, share.collected) for share in own if share.collected is not None]
        total = sum(quantity for _, quantity in there)
        if not self.settled or not own or len(there) < len(own) or (self.collected and total == self.filled):
            return []
        promised, self.filled, self.collected = self.filled or 0, total, True
        less = next((share.less for share in own if share.less), None)
        return [self._collected(_by_village(there, names), promised, less if total < promised else None)]

    def _collected(
        self, villages: tuple[VillagePart, ...], promised: int, less: Less | None
    ) -> LineCollected:
        return LineCollected(
            line_id=self.id,
            version=self.next_version(),
            order_id=self.order_id,
            window_id=self.window_id,
            buyer_id=self.buyer_id,
            commodity_name=self.commodity_name,
            unit=self.unit,
            ordered=self.quantity,
            promised=promised,
            filled=self.filled or 0,
            villages=villages,
            delivery_day=self.delivery_day,
            less=less,
        )

    def _outcome(self, villages: tuple[VillagePart, ...]) -> Event:
        filled = self.filled or 0
        told = LineFilled(
            line_id=self.id,
            version=self.next_version(),
            order_id=self.order_id,
            window_id=self.window_id,
            buyer_id=self.buyer_id,
            commodity_name=self.commodity_name,
            unit=self.unit,
            ordered=self.quantity,
            filled=filled,
            villages=villages,
            delivery_day=self.delivery_day,
        )
        if filled == self.quantity:
            return told
        return LineShort(**dict(told), missing=self.quantity - filled, reason=self.shortage)


def worth(book: Iterable[BookedOrder], prices: Mapping[UUID, Fraction]) -> int:
    """What all that is ordered comes to at reference prices, in whole rupiah, rounded down once."""
    return int(
        sum((wish.quantity * prices[wish.commodity_id] for order in book for wish in order.lines), Fraction())
    )


def take_book(window: Window, book: Iterable[BookedOrder]) -> list[Line]:
    """The lines of the closed book, in order of placing: in that order they are served. Taken once."""
    if not window.takes_book:
        return []
    window.shared = True
    in_turn = sorted(book, key=lambda order: (order.placed_at, order.order_id))
    wishes = [(order, wish) for order in in_turn for wish in order.lines]
    return [_line(place, order, wish, window) for place, (order, wish) in enumerate(wishes, start=1)]


def _line(place: int, order: BookedOrder, wish: OrderedLine, window: Window) -> Line:
    return Line(
        id=wish.line_id,
        window_id=window.id,
        order_id=order.order_id,
        buyer_id=order.buyer_id,
        place=place,
        commodity_id=wish.commodity_id,
        commodity_name=wish.commodity_name,
        unit=wish.unit,
        per=wish.per,
        grade=wish.grade,
        quantity=wish.quantity,
        cap=wish.cap,
        certificates=wish.certificates,
        delivery_day=window.delivery_day,
    )


def _by_village(parts: Iterable[tuple[str, int]], names: Mapping[str, str]) -> tuple[VillagePart, ...]:
    total = Counter[str]()
    for village, quantity in parts:
        total[village] += quantity
    return tuple(
        VillagePart(village=village, name=names.get(village, village), quantity=quantity)
        for village, quantity in sorted((+total).items())
    )


def by_line(shares: Iterable[Share]) -> dict[UUID, list[Share]]:
    """The shares of each line; none for a line that has none."""
    found: dict[UUID, list[Share]] = defaultdict(list)
    for share in shares:
        found[share.line_id].append(share)
    return found
