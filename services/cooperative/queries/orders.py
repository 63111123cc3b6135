"""Orders in all their versions, and the closed books that name the ones that count."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    TableValuedAlias,
    Uuid,
    and_,
    column,
    exists,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert

from services.chassis.tx import Tx
from services.cooperative.domain import BookedOrder
from services.cooperative.events import (
    BookClosed,
    OrderCancelled,
    OrderChanged,
    OrderedLine,
    OrderPlaced,
    OrderWaiting,
)
from services.cooperative.queries.left_out import NotHere, given_up
from services.cooperative.tables import books, orders, windows

OrderTold = OrderPlaced | OrderChanged | OrderCancelled | OrderWaiting


AwaitedOrder = NotHere


async def keep_order(tx: Tx, told: OrderTold) -> None:
    """Keep this version beside all others."""
    await keep_orders(tx, [told])


async def keep_orders(tx: Tx, told: Sequence[OrderTold]) -> None:
    """The same for many versions of many orders."""
    await tx.execute(insert(orders).values([_row(one) for one in told]).on_conflict_do_nothing())


def _row(told: OrderTold) -> dict[str, Any]:
    return {
        "order_id": told.order_id,
        "version": told.version,
        "window_id": window_of_order(told),
        "buyer_id": told.buyer_id,
        "placed_at": told.placed_at if isinstance(told, OrderPlaced | OrderWaiting) else None,
        "cancelled": isinstance(told, OrderCancelled),
        "lines": told.model_dump(mode="json").get("lines", []),
    }


def window_of_order(told: OrderTold) -> UUID | None:
    """The window it is in by this fact; None while it waits for one."""
    return None if isinstance(told, OrderWaiting) else told.window_id


async def keep_book(tx: Tx, closed: BookClosed) -> None:
    await keep_books(tx, [closed])


async def keep_books(tx: Tx, closed: Sequence[BookClosed]) -> None:
    """The same for many; a book is kept once."""
    rows = [
        one.model_dump(include={"window_id", "closed_at", "digest"})
        | {"orders": [entry.model_dump(mode="json") for entry in one.orders]}
        for one in closed
    ]
    await tx.execute(insert(books).values(rows).on_conflict_do_nothing())


async def book_waits(tx: Tx, window_id: UUID) -> bool:
    """Whether the window's book has closed and is not shared yet."""
    return window_id in await books_waiting(tx, [window_id])


async def books_waiting(tx: Tx, window_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the windows whose book has closed and is not shared yet."""
    closed = select(books.c.window_id).join(windows, windows.c.id == books.c.window_id)
    waiting = closed.where(books.c.window_id.in_(set(window_ids)), windows.c.shared.is_(False))
    return set(await tx.scalars(waiting))


async def complete_book(tx: Tx, window_id: UUID) -> list[BookedOrder] | None:
    """The orders of the closed book, in exactly its versions; None while the book or one of them is awaited."""
    if not await tx.scalar(select(exists().where(books.c.window_id == window_id))):
        return None
    entry = _entries()
    rows = (
        await tx.execute(_book(entry, window_id, orders.c.buyer_id, orders.c.lines, _placed_at(entry)))
    ).all()
    if any(row.lines is None for row in rows) and await awaited_orders(tx, window_id):
        return None
    return [
        BookedOrder(
            row.order_id, row.buyer_id, row.placed_at, list(map(OrderedLine.model_validate, row.lines))
        )
        for row in rows
        if row.lines is not None
    ]


async def awaited_orders(tx: Tx, window_id: UUID) -> list[AwaitedOrder]:
    """Which orders the closed book names that have not come in that version, and still may."""
    absent = await _absent(tx, window_id)
    never = await given_up(tx, absent)
    return [one for one in absent if one.order_id not in never]


async def left_out_orders(tx: Tx, window_id: UUID) -> set[UUID]:
    """Which orders the closed book names that will never come in that version."""
    return await given_up(tx, await _absent(tx, window_id))


async def _absent(tx: Tx, window_id: UUID) -> list[NotHere]:
    entry = _entries()
    absent = _book(entry, window_id, _newest(entry)).where(orders.c.order_id.is_(None))
    return [NotHere(row.order_id, row.version, row.known) for row in await tx.execute(absent)]


def _entries() -> TableValuedAlias:
    listed = func.jsonb_to_recordset(books.c.orders)
    columns = column("order_id", Uuid), column("version", Integer)
    return listed.table_valued(*columns, name="entry").render_derived(with_types=True)


def _book(entry: TableValuedAlias, window_id: UUID, *wanted: object) -> Select[tuple[object, ...]]:
    held = and_(orders.c.order_id == entry.c.order_id, orders.c.version == entry.c.version)
    listed = select(entry.c.order_id, entry.c.version, *wanted)
    joined: Select[tuple[object, ...]] = (
        listed.select_from(books)
        .join(entry, true())
        .outerjoin(orders, held)
        .where(books.c.window_id == window_id)
    )
    return joined


def _newest(entry: TableValuedAlias) -> object:
    known = orders.alias("known")
    newest = select(func.max(known.c.version)).where(known.c.order_id == entry.c.order_id)
    return newest.scalar_subquery().label("known")


def _placed_at(entry: TableValuedAlias) -> object:
    """Only an order's first version says when it was placed; one whose first was given up comes last."""
    first = orders.alias("first")
    placed = select(func.min(first.c.placed_at)).where(first.c.order_id == entry.c.order_id)
    return func.coalesce(placed.scalar_subquery(), books.c.closed_at).label("placed_at")


async def orders_in_book(tx: Tx, window_id: UUID) -> int | None:
    """How many orders the closed book names; None while it has not come."""
    counted = select(func.jsonb_array_length(books.c.orders)).where(books.c.window_id == window_id)
    found: int | None = await tx.scalar(counted)
    return found
