"""Links to orders: whose, and which order of which window one shows."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, cast, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from services.chassis.codes import read_code
from services.chassis.tx import Tx
from services.orders.domain import Order, TrackingLink, Window
from services.orders.domain.refusals import InNoWindowYet, NoLink
from services.orders.domain.tracking import SHOWN_FOR
from services.orders.queries.windows import window
from services.orders.tables import MOMENT, orders, tracking_links, windows

LAST_WINDOW = func.coalesce(orders.c.window_id, orders.c.moved_from)


class LinkKey(NamedTuple):
    """What somebody brought as the end of an address, as far as it can be a link's secret or its code."""

    secret: UUID | None
    code: str | None

    @classmethod
    def read(cls, brought: str) -> "LinkKey":
        """Secrets are 32 hexadecimal digits and nothing else; codes are read as people type them."""
        whole = len(brought) == 32 and all(digit in "0123456789abcdef" for digit in brought)
        return cls(UUID(brought) if whole else None, read_code(brought))

    @property
    def can_be_guessed(self) -> bool:
        return self.secret is None


class Shown(NamedTuple):
    """A link and the window of its order."""

    link: TrackingLink
    window: Window


async def shown_by(tx: Tx, key: LinkKey, at: datetime) -> Shown | None:
    """What such a link shows: one statement, which finds as little of a link that is over as of none."""
    of = select(TrackingLink, Window).join(orders, orders.c.id == tracking_links.c.order_id)
    found = await tx.execute(
        of.join(windows, windows.c.id == LAST_WINDOW).where(_opens(key), _still_shown(at))
    )
    row: Any = found.one_or_none()
    return Shown(*row) if row else None


def _opens(key: LinkKey) -> ColumnElement[bool]:
    if key.secret:
        return tracking_links.c.secret == key.secret
    return tracking_links.c.code == (key.code or "")


def _still_shown(at: datetime) -> ColumnElement[bool]:
    """As `domain.shown_until` says."""
    there = cast(func.timezone(windows.c.time_zone, literal(at, MOMENT)), Date)
    return there <= windows.c.delivery_day + SHOWN_FOR.days


async def last_window(tx: Tx, order: Order) -> Window:
    """The window an order is in, or was in before it began to wait."""
    window_id = order.window_id or order.moved_from
    if window_id is None:
        raise InNoWindowYet
    return await window(tx, window_id)


async def link_of(tx: Tx, order: Order) -> TrackingLink:
    found = await tx.get(TrackingLink, order.id)
    if found is None:
        raise NoLink
    return found


async def keep_link(tx: Tx, link: TrackingLink) -> None:
    """Store an order's link; an earlier one of it shows nothing any more."""
    anew = {"secret": link.secret, "code": link.code, "made_at": link.made_at}
    upsert = insert(tracking_links).values(order_id=link.order_id, **anew)
    await tx.execute(upsert.on_conflict_do_update(index_elements=["order_id"], set_=anew))


async def revoke_link(tx: Tx, order: Order) -> None:
    gone = delete(tracking_links).where(tracking_links.c.order_id == order.id)
    if await tx.scalar(gone.returning(tracking_links.c.order_id)) is None:
        raise NoLink
