"""A closed book is shared as soon as it is here, over those of its orders that have come."""

from dataclasses import replace as but
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from services.cooperative import queries
from services.cooperative.domain import BookedOrder
from services.cooperative.events import OrderedLine
from services.cooperative.handlers import sharings
from services.cooperative.queries import orders as of_orders
from services.cooperative.tables import books, orders
from tests.faults.mutants import replace


async def _what_is_here(tx: Any, window_id: UUID) -> list[BookedOrder] | None:
    if not await tx.scalar(select(exists().where(books.c.window_id == window_id))):
        return None
    entry = of_orders._entries()
    wanted = of_orders._book(entry, window_id, orders.c.buyer_id, orders.c.lines, of_orders._placed_at(entry))
    rows = [row for row in await tx.execute(wanted) if row.lines is not None]
    return [
        BookedOrder(
            row.order_id, row.buyer_id, row.placed_at, [OrderedLine.model_validate(one) for one in row.lines]
        )
        for row in rows
    ]


def mutate() -> None:
    replace(queries, "complete_book", _what_is_here)
    duties: list[Any] = vars(sharings.take_book)["duties"]
    duties[:] = [but(duty, hears=()) for duty in duties]
