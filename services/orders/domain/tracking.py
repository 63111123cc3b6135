"""Following an order without a token: the link that its buyer hands out, and the steps an order goes through."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from services.chassis.codes import short_code
from services.chassis.wording import both, moment
from services.orders.domain.orders import Order, Status
from services.orders.domain.refusals import TrackingOver
from services.orders.domain.windows import Window

SHOWN_FOR = timedelta(days=30)
"""How long after the delivery day a link shows the order."""


@dataclass(eq=False)
class TrackingLink:
    """What shows one order to whoever holds it; an order has one at most. The code is for reading aloud."""

    order_id: UUID
    secret: UUID
    code: str
    made_at: datetime


def new_link(order: Order, secret: UUID, *, window: Window, at: datetime) -> TrackingLink:
    """A link made of random bits alone: nothing that is known of the order leads to it, nor its code to it."""
    until = shown_until(window)
    if at >= until:
        raise TrackingOver(until=both(moment, until, window.time_zone))
    return TrackingLink(order.id, secret, short_code(secret), at)


def shown_until(window: Window) -> datetime:
    """The end of the last day, where the window is, on which links to its orders show anything."""
    after = window.delivery_day + SHOWN_FOR + timedelta(days=1)
    return datetime.combine(after, time(), ZoneInfo(window.time_zone)).astimezone(UTC)


class Step(StrEnum):
    """What every order comes through, in this order."""

    ORDERED = "ordered"
    SHARED = "shared"
    FIRM = "firm"


_REACHED = {
    Status.WAITING: Step.ORDERED,
    Status.PLACED: Step.ORDERED,
    Status.IN_BOOK: Step.SHARED,
    Status.FILLED: Step.FIRM,
    Status.PARTLY: Step.FIRM,
    Status.SHORT: Step.FIRM,
}


def step_of(order: Order) -> Step | None:
    """How far an order is; a cancelled one is nowhere."""
    return _REACHED.get(order.status)


def arrives(order: Order) -> bool:
    """Whether anything of it is still to come, and on which day, as far as is known."""
    return order.status not in (Status.WAITING, Status.CANCELLED, Status.SHORT)
