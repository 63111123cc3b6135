"""What requests about window plans carry."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from services.chassis.fields import Body, Day, Form, Name
from services.cooperative.api.bodies.once import UNIQUE, Once
from services.cooperative.api.bodies.windows import CHILLI, SmallestTotal, TimeZone, WhenTooSmall
from services.cooperative.domain.plans import MOMENTS

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Clock = Annotated[
    str,
    Form(
        "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        en="Send a time of day such as 08:00.",
        id="Kirim jam seperti 08:00.",
    ),
]


class NewLocalTime(Body):
    days_before: Annotated[int, Field(strict=True, ge=0, le=60, description="Before the delivery day.")]
    at: Annotated[Clock, Field(description="Time of day in the villages' own zone.")]


class NewPlan(Body):
    """The whole plan: a change replaces all of it, for windows that are not announced yet."""

    name: Annotated[Name, Field(description="Of each of its windows.")]
    commodities: Annotated[
        tuple[UUID, ...], Field(min_length=1, max_length=200, json_schema_extra=UNIQUE), Once
    ]
    weekdays: Annotated[
        tuple[Weekday, ...],
        Field(min_length=1, max_length=7, description="Of delivery.", json_schema_extra=UNIQUE),
        Once,
    ]
    opens: NewLocalTime
    closes: Annotated[NewLocalTime, Field(description="When orders closes the book.")]
    answer_by: Annotated[NewLocalTime, Field(description="When the first round of answers closes.")]
    firm: Annotated[NewLocalTime, Field(description="After this, answers change nothing.")]
    round_minutes: Annotated[
        int, Field(strict=True, ge=1, le=10_080, description="How long a later round lasts.")
    ]
    announce_days: Annotated[
        int, Field(strict=True, ge=0, le=60, description="How many days before it opens it is announced.")
    ] = 1
    time_zone: TimeZone
    from_day: Annotated[Day, Field(description="No delivery day before this one.")]
    smallest_total: SmallestTotal = None
    if_too_small: WhenTooSmall = "call_off"

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Selasa dan Jumat",
                    "commodities": [CHILLI],
                    "weekdays": ["tuesday", "friday"],
                    "opens": {"days_before": 4, "at": "08:00"},
                    "closes": {"days_before": 2, "at": "12:00"},
                    "answer_by": {"days_before": 2, "at": "18:00"},
                    "firm": {"days_before": 1, "at": "12:00"},
                    "round_minutes": 120,
                    "announce_days": 2,
                    "time_zone": "Asia/Jakarta",
                    "from_day": "2027-11-23",
                    "smallest_total": 5_000_000,
                    "if_too_small": "carry_over",
                }
            ]
        }
    )

    def said(self) -> dict[str, Any]:
        """As the plan names it."""
        rest = {name: value for name, value in dict(self).items() if name not in {*MOMENTS, "commodities"}}
        times = {name: getattr(self, name).model_dump() for name in MOMENTS}
        lists = {"commodity_ids": list(self.commodities), "weekdays": list(self.weekdays)}
        return {**rest, **lists, "times": times}
