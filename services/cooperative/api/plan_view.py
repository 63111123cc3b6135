"""What cooperative shows of a window plan."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.chassis.fields import View
from services.cooperative.domain import WindowPlan
from services.cooperative.domain.plans import MOMENTS


class LocalTimeView(View):
    days_before: int
    at: str


class NextWindowView(View):
    delivery_day: date
    announced_at: Annotated[datetime, Field(description="When it is to be announced.")]


class PlanView(View):
    id: UUID
    name: str
    commodity_ids: list[UUID]
    weekdays: list[str]
    opens: LocalTimeView
    closes: LocalTimeView
    answer_by: LocalTimeView
    firm: LocalTimeView
    round_minutes: int
    announce_days: int
    time_zone: str
    from_day: date
    smallest_total: int | None
    if_too_small: str
    ended_at: Annotated[datetime | None, Field(description="Since when nothing more is announced.")]
    next: Annotated[NextWindowView | None, Field(description="Null once it is ended.")]
    version: int

    @classmethod
    def of(cls, plan: WindowPlan) -> "PlanView":
        due = None if plan.ended_at else plan.next_due()
        kept = cls.model_fields.keys() - {*MOMENTS, "next"}
        return cls(
            **{name: getattr(plan, name) for name in kept},
            **{name: LocalTimeView.model_validate(plan.times[name]) for name in MOMENTS},
            next=NextWindowView(delivery_day=due.day, announced_at=due.at) if due else None,
        )
