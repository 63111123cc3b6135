"""A share in each state that the tests start from."""

from typing import Any
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.domain import Answer, Share
from tests.cooperative.people import ANSWER_BY, DELIVERY, FIRM, KG, LINE, LOTS, NOON, SARI, SERANG, WINDOW


def share(wanted: int = 20 * KG, number: int = 900) -> Share:
    return Share(
        id=UUID(int=number),
        window_id=WINDOW,
        sharing_id=UUID(int=901),
        line_id=LINE,
        lot_id=LOTS[SARI],
        lot_code="0001-0001",
        seller_id=SARI,
        village=SERANG,
        commodity_name="Cabai merah",
        unit="g",
        per=KG,
        step=KG,
        price=35_000,
        round=1,
        wanted=wanted,
        answer_by=ANSWER_BY,
        holds_until=FIRM,
        delivery_day=DELIVERY,
        time_zone="Asia/Jakarta",
        sentences={"id": "Diminta.", "en": "Asked."},
    )


def offered(held: int = 20 * KG) -> Share:
    asked = share()
    asked.hold_wanted()
    asked.take_hold(held, asking=True)
    return asked


def answered(answer: Answer, quantity: int | None = None) -> Share:
    said = offered()
    said.answer(answer, quantity, NOON)
    return said


def told(facts: list[Event]) -> list[tuple[str, Any]]:
    return [(type(fact).__name__, getattr(fact, "quantity", None)) for fact in facts]
