"""How orders are answered: in the caller's language, their version as the ETag that a change must name."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Response

from services.chassis.problem import Refused
from services.chassis.telling import Spoken
from services.chassis.tx import Tx
from services.orders import queries
from services.orders.api.views import OrderView
from services.orders.domain import Order, Status

STILL_OPEN = {Status.WAITING, Status.PLACED}
ETAG = '^"[1-9][0-9]{0,8}"$'
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the order as last read.",
    "schema": {"type": "string", "pattern": ETAG},
    "example": '"1"',
}


class VersionNeeded(Refused):
    status = 428
    en = "Say which version you change: send its ETag as the If-Match header."
    id = "Sebutkan versi yang diubah: kirim ETag-nya sebagai header If-Match."


async def seen_version(
    if_match: Annotated[str | None, Header(pattern=ETAG, include_in_schema=False)] = None,
) -> int:
    if if_match is None:
        raise VersionNeeded
    return int(if_match.strip('"'))


class Reply:
    """The answer in the making."""

    def __init__(self, response: Response, language: Spoken) -> None:
        self.language = language
        self._response = response

    async def order(self, tx: Tx, order: Order) -> OrderView:
        """One order as it stands, with warnings about what nobody offers today."""
        self._response.headers["ETag"] = f'"{order.version}"'
        return (await self.orders(tx, [order]))[0]

    async def orders(self, tx: Tx, orders: Iterable[Order]) -> list[OrderView]:
        shown = list(orders)
        await tx.flush()  # lines are compared with lots as rows
        open_lines = [line.line_id for order in shown if order.status in STILL_OPEN for line in order.lines]
        unmet: set[UUID] = await queries.lines_no_lot_meets(tx, open_lines) if open_lines else set()
        return [OrderView.of(order, unmet, self.language) for order in shown]


async def _reply(response: Response, language: Spoken) -> Reply:
    return Reply(response, language)


SeenVersion = Annotated[int, Depends(seen_version)]
Replying = Annotated[Reply, Depends(_reply)]
