"""A window plan: which windows there are each week, announced by themselves ahead of their time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from services.cooperative.domain.refusals import PlanEnded
from services.cooperative.domain.windows import Window
from services.cooperative.events import IfTooSmall

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOMENTS = ("opens", "closes", "answer_by", "firm")
A_DAY = timedelta(days=1)


class LocalTime(NamedTuple):
    """A time of day so many days before the delivery day, where the villages are."""

    days_before: int
    at: str

    def on(self, delivery_day: date, zone: str) -> datetime:
        """The moment, in UTC."""
        there = datetime.combine(delivery_day, time.fromisoformat(self.at), ZoneInfo(zone))
        return (there - self.days_before * A_DAY).astimezone(UTC)


class Due(NamedTuple):
    """A delivery day whose window was to be announced then."""

    day: date
    at: datetime


@dataclass(eq=False, kw_only=True)
class WindowPlan:
    """Windows for each delivery day on one of the `weekdays`, from `from_day` on.

    `times`: of each of `MOMENTS` the `LocalTime` as a mapping. `announce_days`: how many days before it opens a
    window is announced. `looked_at`: the last delivery day that was announced or skipped.
    """

    id: UUID
    cooperative_id: UUID
    name: str
    commodity_ids: Sequence[UUID]
    weekdays: Sequence[str]
    times: Mapping[str, Mapping[str, int | str]]
    round_minutes: int
    announce_days: int
    time_zone: str
    from_day: date
    smallest_total: int | None = None
    if_too_small: IfTooSmall = "call_off"
    looked_at: date | None = None
    ended_at: datetime | None = None
    version: int = field(default=1)

    def check(self, at: datetime) -> None:
        """Refuse times that no window could keep, on the first day that can still be ordered for."""
        days = (due.day for due in self._days() if self._moment("closes", due.day) > at)
        self.window(next(days), self.id).announced(at)

    def take_due(self, at: datetime, announced: Collection[date]) -> tuple[list[Due], list[Due]]:
        """What is to be announced by now, in order, and what it is too late for: its book would have closed.

        `announced`: delivery days that have a window of this plan already.
        """
        wanted, late = list[Due](), list[Due]()
        for due in self._days():
            if due.at > at:
                break
            self.looked_at = due.day
            if due.day not in announced:
                (wanted if self._moment("closes", due.day) > at else late).append(due)
        return wanted, late

    def next_due(self) -> Due:
        """The next delivery day that is looked at, and when."""
        return next(self._days())

    def change(self, **said: object) -> None:
        """Windows that are announced stay as they are; all later ones are as it says now."""
        self._check_stands()
        for name, value in said.items():
            setattr(self, name, value)
        self.version += 1

    def look_again(self, at: datetime) -> None:
        """As it says now, from the first day that can still be ordered for: it has missed none before."""
        yesterday = at.astimezone(ZoneInfo(self.time_zone)).date() - A_DAY
        self.looked_at = max(yesterday, self.from_day - A_DAY)
        for due in takewhile(lambda due: self._moment("closes", due.day) <= at, self._days()):
            self.looked_at = due.day

    def end(self, at: datetime) -> None:
        """Announce no more; windows that are announced take place."""
        self._check_stands()
        self.ended_at = at
        self.version += 1

    def window(self, day: date, window_id: UUID) -> Window:
        """The window of a delivery day."""
        return Window(
            id=window_id,
            cooperative_id=self.cooperative_id,
            name=self.name,
            commodity_ids=list(self.commodity_ids),
            delivery_day=day,
            opens_at=self._moment("opens", day),
            closes_at=self._moment("closes", day),
            answer_by=self._moment("answer_by", day),
            round_minutes=self.round_minutes,
            firm_at=self._moment("firm", day),
            time_zone=self.time_zone,
            smallest_total=self.smallest_total,
            if_too_small=self.if_too_small,
            plan_id=self.id,
        )

    def _check_stands(self) -> None:
        if self.ended_at is not None:
            raise PlanEnded(plan=self.name)

    def _days(self) -> Iterator[Due]:
        day = self.looked_at + A_DAY if self.looked_at else self.from_day
        while True:
            if WEEKDAYS[day.weekday()] in self.weekdays:
                yield Due(day, self._moment("opens", day) - self.announce_days * A_DAY)
            day += A_DAY

    def _moment(self, name: str, day: date) -> datetime:
        told = self.times[name]
        return LocalTime(int(told["days_before"]), str(told["at"])).on(day, self.time_zone)
