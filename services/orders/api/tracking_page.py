"""What the page of a tracking link shows of an order: nothing of a seller, nothing of what the buyer would pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.chassis.language import Language
from services.chassis.timeline import Entry
from services.chassis.wording import amount, moment
from services.orders import texts
from services.orders import tracking_texts as told
from services.orders.api.views import TrackingLinkView
from services.orders.domain import Line, Order, Status, Step, arrives, step_of
from services.orders.domain.tracking import SHOWN_FOR
from services.orders.queries import Shown

MOST_ENTRIES = 30
"""The page stays small, however often an order was changed."""


@dataclass(frozen=True)
class StepShown:
    name: str
    reached: bool
    current: bool


@dataclass(frozen=True)
class LineShown:
    """One line in words; `state` is `awaited`, `whole`, `less` or `ended`."""

    name: str
    wanted: str
    certificates: Sequence[str]
    state: str
    stands: str
    why: str
    villages: Sequence[str]

    @classmethod
    def of(cls, line: Line, order: Order, language: Language) -> "LineShown":
        words, state = told.WORDS[language], _state(line, order)
        wanted = amount(line.quantity, line.unit, language)
        missing = amount(line.missing or 0, line.unit, language)
        return cls(
            name=line.commodity_name,
            wanted=f"{wanted}, {words['grade'].format(grade=line.grade)}" if line.grade else wanted,
            certificates=line.certificates,
            state=state,
            stands=words[state].format(missing=missing),
            why=texts.why(line.reason, language) if line.reason else "",
            villages=texts.from_villages(line.villages, line.unit, language),
        )


def _state(line: Line, order: Order) -> str:
    if order.status is Status.CANCELLED:
        return "ended"
    if line.missing is None:
        return "awaited"
    return "less" if line.missing else "whole"


@dataclass(frozen=True)
class EntryShown:
    at: datetime
    sentence: str


@dataclass(frozen=True)
class TrackingPage:
    """Everything on it, in one language."""

    code: str
    window: str
    time_zone: str
    stands: str
    steps: Sequence[StepShown]
    delivery_day: date | None
    lines: Sequence[LineShown]
    entries: Sequence[EntryShown]
    earlier: int
    path: str
    last_day: date
    words: Mapping[str, str]

    @classmethod
    def of(cls, shown: Shown, order: Order, entries: Sequence[Entry], language: Language) -> "TrackingPage":
        window, news = shown.window, [one for one in reversed(entries) if told.is_shown(one)]
        closes = moment(window.closes_at, window.time_zone, language)
        return cls(
            code=order.code,
            window=window.name,
            time_zone=window.time_zone,
            stands=told.STANDS[order.status][language].format(closes=closes),
            steps=_steps(step_of(order), language),
            delivery_day=window.delivery_day if arrives(order) else None,
            lines=[LineShown.of(line, order, language) for line in order.lines],
            entries=[EntryShown(one.at, told.sentence(one, language)) for one in news[:MOST_ENTRIES]],
            earlier=max(0, len(news) - MOST_ENTRIES),
            path=TrackingLinkView.of(shown.link, window).short_path,
            last_day=window.delivery_day + SHOWN_FOR,
            words=told.WORDS[language],
        )

    def facts(self) -> dict[str, Any]:
        """As the template names them."""
        return vars(self)


def _steps(reached: Step | None, language: Language) -> list[StepShown]:
    if reached is None:
        return []
    order = list(Step)
    far = order.index(reached)
    return [
        StepShown(told.STEPS[step][language], number <= far, number == far)
        for number, step in enumerate(order)
    ]
