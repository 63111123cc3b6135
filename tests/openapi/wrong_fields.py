"""Well-formed wishes of which one field cannot be granted as things stand: (operation, code, what, fields)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.chassis.ids import new_id
from tests.openapi.stage import SARI, Json, Stage
from tests.openapi.wishes import Wish, granted
from tests.openapi.wrong import BY_NAME, WrongWishes

FIELDS = WrongWishes()


def said(operation: str, code: str, what: str, /, **changes: Any) -> None:
    """The wish that is granted, with these fields said otherwise; a function is asked on the stage."""

    async def make(on: Stage) -> Wish:
        good = await granted(BY_NAME[operation], on)
        return replace(good, body=good.body | {name: _at(on, value) for name, value in changes.items()})

    FIELDS.keep(operation, code, what, make)


def _at(on: Stage, value: Any) -> Any:
    return value(on) if callable(value) else value


def day(days: int) -> Callable[[Stage], str]:
    return lambda on: str(on.story.today + timedelta(days=days))


def moment(**after: float) -> Callable[[Stage], str]:
    return lambda on: (on.story.world.now() + timedelta(**after)).isoformat()


def line(**changes: Any) -> Callable[[Stage], list[Json]]:
    return lambda on: [on.lines()["lines"][0] | changes]


LOTS, ORDERS, WINDOWS = "catalog POST /lots", "orders POST /orders", "cooperative POST /windows"
ANSWER, COMMODITIES = "cooperative POST /shares/{share_id}/answer", "cooperative POST /commodities"

said(LOTS, "already-expired", "expired last year", ready_on=day(-400), expires_on=day(-365))
said(LOTS, "dates-reversed", "expires before it is ready", ready_on=day(3), expires_on=day(2))
said(LOTS, "dates-needed", "no dates", ready_on=None, expires_on=None)
said(LOTS, "grade-needed", "no grade", grade=None)
said(LOTS, "grade-needed", "a grade that chilli has not", grade="Z")
said(LOTS, "grade-not-used", "baskets with a grade", commodity_id=lambda on: on.story.baskets)
said(LOTS, "unknown-commodity", "a commodity that nobody listed", commodity_id=lambda _: str(new_id()))
said(LOTS, "not-your-village", "another's village", village="33.01.18.2004")
said(LOTS, "unknown-selling-unit", "by the truck", quantity={"selling_unit": "truk", "count": 1})
said(LOTS, "too-much", "a million million sacks", quantity={"selling_unit": "karung", "count": 10**12})
said(
    "catalog POST /lots/{lot_id}/corrections",
    "more-than-available",
    "more off than there is",
    change=-(10**9),
)
said(ORDERS, "too-late", "in a window whose book is closed", window_id=lambda on: on.shared.id)
said(ORDERS, "unknown-window", "in a window that nobody announced", window_id=lambda _: str(new_id()))
said(ORDERS, "unknown-commodity", "what nobody listed", lines=line(commodity_id=str(new_id())))
said(ORDERS, "not-a-multiple", "1.5 kg of what goes by the kilogram", lines=line(quantity=1_500))
said(ORDERS, "unknown-grade", "a grade that chilli has not", lines=line(grade="Z"))
said(WINDOWS, "wrong-times", "closes before it opens", opens_at=moment(days=6))
said(WINDOWS, "closes-in-the-past", "closed yesterday", opens_at=moment(days=-2), closes_at=moment(days=-1))
said(WINDOWS, "firm-after-delivery", "delivered before it is firm", delivery_day=day(2))
said(WINDOWS, "unknown-commodity", "for what nobody listed", commodities=lambda _: [str(new_id())])
said("cooperative POST /points", "unknown-village", "in a village that is no member", village="33.01.18.9999")
said("cooperative POST /villages", "village-twice", "a village that is a member", code="33.01.18.2006")
said(
    "cooperative POST /members", "unknown-village", "of a village that is no member", village="33.01.18.9999"
)
said("cooperative POST /members", "member-twice", "a member",
     person_id=lambda on: str(on.story.ids[SARI.short]))  # fmt: skip
said(COMMODITIES, "commodity-twice", "on the list already", name="Cabai rawit")
said(
    COMMODITIES,
    "not-in-whole-steps",
    "a sack of 1.5 steps",
    selling_units=[{"name": "karung", "quantity": 1_500}],
)
WEIGHING = "cooperative POST /windows/{window_id}/weighings"
said(WEIGHING, "nothing-weighed", "the sack weighs more than what is in it", gross=1)
said(WEIGHING, "grade-not-known", "a grade that chilli has not", grade="Z")
said(ANSWER, "less-needs-quantity", "less, but not how much", answer=2, quantity=None)
said(ANSWER, "less-needs-quantity", "less, but more than asked", answer=2, quantity=10**9)
said(ANSWER, "quantity-not-used", "yes, with a quantity", answer=1, quantity=12_000)
said("notify PUT /contacts/{person_id}", "invalid", "by Telegram without a chat", chat=None)
