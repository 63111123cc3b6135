"""Orders and books: whose they are, and which of them a window's fate touches."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select, union_all, update

from services.chassis.access import Caller
from services.chassis.page import Slice
from services.chassis.problem import NotFound
from services.chassis.tx import Tx
from services.orders.domain import Book, Order, Status
from services.orders.domain.refusals import BookNotClosed
from services.orders.events import BookedOrder, WindowCalledOff
from services.orders.tables import books, orders, windows


class WantedOrders(NamedTuple):
    """Which orders are asked for; None is any."""

    status: Status | None = None
    window_id: UUID | None = None


async def order(tx: Tx, order_id: UUID) -> Order:
    """An order that must be here, because this service made it."""
    found = await tx.get(Order, order_id)
    if found is None:
        raise LookupError(f"no order {order_id}")
    return found


async def order_of(tx: Tx, caller: Caller, order_id: UUID) -> Order:
    found: Order | None = await tx.scalar(select(Order).where(orders.c.id == order_id, _seen_by(caller)))
    if found is None:
        raise NotFound
    return found


async def orders_of(tx: Tx, caller: Caller, wanted: WantedOrders, part: Slice) -> Sequence[Order]:
    """The caller's orders of the kind wanted, newest first."""
    asked = select(Order).where(_seen_by(caller))
    if wanted.status is not None:
        asked = asked.where(orders.c.status == wanted.status)
    if wanted.window_id is not None:
        asked = asked.where(orders.c.window_id == wanted.window_id)
    return (await tx.scalars(part.narrow(asked, by=orders.c.id))).all()


def _seen_by(caller: Caller) -> ColumnElement[bool]:
    """A buyer sees his own orders, a manager those placed with his cooperative."""
    if caller.role == "manager":
        return orders.c.cooperative_id == caller.cooperative
    return orders.c.buyer_id == caller.person


async def placed_orders(tx: Tx, window_id: UUID) -> list[BookedOrder]:
    """What a book that closes now would hold."""
    placed = orders.c.window_id == window_id, orders.c.status == Status.PLACED
    rows = await tx.execute(select(orders.c.id, orders.c.version).where(*placed))
    return [BookedOrder(order_id=row.id, version=row.version) for row in rows]


async def enter_book(tx: Tx, window_id: UUID) -> None:
    placed = orders.c.window_id == window_id, orders.c.status == Status.PLACED
    await tx.execute(update(orders).where(*placed).values(status=Status.IN_BOOK))


async def standing_orders(tx: Tx, window_id: UUID) -> Sequence[Order]:
    """All orders of a window but the cancelled ones."""
    stand = orders.c.window_id == window_id, orders.c.status != Status.CANCELLED
    return (await tx.scalars(select(Order).where(*stand).order_by(orders.c.id))).all()


async def window_and_standing_orders(tx: Tx, called_off: WindowCalledOff) -> list[UUID]:
    """And their cooperative: its key is held by who begins to wait."""
    stand = orders.c.window_id == called_off.window_id, orders.c.status != Status.CANCELLED
    whose = select(windows.c.cooperative_id).where(windows.c.id == called_off.window_id)
    ids = union_all(select(orders.c.id).where(*stand), whose)
    return [called_off.window_id, *await tx.scalars(ids)]


async def book_of(tx: Tx, caller: Caller, window_id: UUID) -> Book:
    closed = books.c.window_id == window_id, books.c.cooperative_id == caller.cooperative
    found: Book | None = await tx.scalar(select(Book).where(*closed))
    if found is None:
        raise BookNotClosed
    return found
