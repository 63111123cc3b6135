"""What orders and catalog tell cooperative in its tests."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.cooperative.events import (
    BookClosed,
    BookedOrder,
    HoldRefused,
    LotCorrected,
    LotListed,
    LotWithdrawn,
    OrderedLine,
    OrderPlaced,
    StockCommitted,
    StockHeld,
)
from tests.cooperative.people import (
    CHILLI,
    CLOSES,
    COOPERATIVE,
    KG,
    KITCHEN,
    LINE,
    LOTS,
    NOON,
    ORDER,
    VILLAGE_OF,
    WINDOW,
)


def ordered(quantity: int = 60 * KG, line_id: UUID = LINE, **other: Any) -> OrderedLine:
    known: dict[str, Any] = {
        "line_id": line_id,
        "commodity_id": CHILLI,
        "commodity_name": "Cabai merah",
        "unit": "g",
        "grade": "A",
        "quantity": quantity,
        "cap": 38_000,
        "per": KG,
        "certificates": (),
    }
    return OrderedLine(**(known | other))


def placed(
    quantity: int = 60 * KG, order_id: UUID = ORDER, line_id: UUID = LINE, **other: Any
) -> OrderPlaced:
    return OrderPlaced(
        order_id=order_id,
        version=1,
        buyer_id=KITCHEN,
        window_id=WINDOW,
        lines=(ordered(quantity, line_id, **other),),
        placed_at=NOON + timedelta(minutes=1 if order_id == ORDER else 2),
    )


def book(*orders: tuple[UUID, int]) -> BookClosed:
    entries = sorted(orders or [(ORDER, 1)])
    told = "".join(f"{order_id}:{version}\n" for order_id, version in entries)
    return BookClosed(
        window_id=WINDOW,
        version=1,
        closed_at=CLOSES,
        orders=tuple(BookedOrder(order_id=order_id, version=version) for order_id, version in entries),
        digest=sha256(told.encode()).hexdigest(),
    )


def empty_book() -> BookClosed:
    return book().model_copy(update={"orders": (), "digest": sha256().hexdigest()})


def lot(person: UUID, quantity: int, **other: Any) -> LotListed:
    known: dict[str, Any] = {
        "lot_id": LOTS[person],
        "version": 1,
        "code": f"{person.int % 10:04}-{person.int % 10:04}",
        "cooperative_id": COOPERATIVE,
        "seller_id": person,
        "village": VILLAGE_OF[person],
        "commodity_id": CHILLI,
        "per": KG,
        "grade": "A",
        "quantity": quantity,
        "price": 35_000,
        "ready_on": date(2026, 11, 22),
        "expires_on": date(2026, 11, 30),
        "certificates": (),
    }
    return LotListed(**(known | other))


def corrected(person: UUID, change: int, *, left: int, version: int = 2) -> LotCorrected:
    """A seller corrects the lot."""
    return LotCorrected(lot_id=LOTS[person], version=version, change=change, available=left)


def withdrawn(person: UUID, quantity: int, *, version: int = 2) -> LotWithdrawn:
    """A seller withdraws what is available of the lot."""
    return LotWithdrawn(lot_id=LOTS[person], version=version, quantity=quantity, available=0)


def held(wanted: dict[str, Any], held: int | None = None, *, left: int = 0, version: int = 2) -> StockHeld:
    """Catalog's answer to a hold wanted."""
    return StockHeld(
        lot_id=UUID(wanted["lot_id"]),
        share_id=UUID(wanted["share_id"]),
        version=version,
        held=wanted["quantity"] if held is None else held,
        available=left,
    )


def refused(
    wanted: dict[str, Any], version: int = 2, *, left: int = 0, reason: str = "NOTHING_LEFT"
) -> HoldRefused:
    return HoldRefused(
        lot_id=UUID(wanted["lot_id"]),
        share_id=UUID(wanted["share_id"]),
        version=version,
        available=left,
        reason=reason,
    )


def committed(
    wanted: dict[str, Any], committed: int | None = None, *, left: int = 0, version: int = 3
) -> StockCommitted:
    """Catalog's answer to a commit wanted."""
    return StockCommitted(
        lot_id=UUID(wanted["lot_id"]),
        share_id=UUID(wanted["share_id"]),
        version=version,
        committed=wanted["quantity"] if committed is None else committed,
        available=left,
    )
