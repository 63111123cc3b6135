"""Weekly windows: a plan announces each of them ahead, in the villages' own time, and after an outage once."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.cooperative.people import CHILLI, MANAGER, NOON, OTHER_MANAGER
from tests.cooperative.steps import reads
from tests.harness.service import ServiceUnderTest

ANNOUNCED = "cooperative.window_announced.v1"
MOMENTS = {"opens": (4, "08:00"), "closes": (2, "12:00"), "answer_by": (2, "18:00"), "firm": (1, "12:00")}


def body(**other: Any) -> dict[str, Any]:
    """Deliveries on Tuesdays and Fridays; NOON is a Monday."""
    times = {name: {"days_before": days, "at": at} for name, (days, at) in MOMENTS.items()}
    known = {
        "name": "Selasa dan Jumat",
        "commodities": [str(CHILLI)],
        "weekdays": ["tuesday", "friday"],
        "round_minutes": 60,
        "announce_days": 2,
        "time_zone": "Asia/Jakarta",
        "from_day": "2026-11-24",
    }
    return known | times | other


async def tell(
    cooperative: ServiceUnderTest, method: str, path: str, caller: Caller = MANAGER, **other: Any
) -> httpx.Response:
    async with cooperative.client(caller) as client:
        return await client.request(method, path, json=None if path.endswith("/end") else body(**other))


async def planned(cooperative: ServiceUnderTest, **other: Any) -> str:
    """A plan that is made at noon on Monday, with what is due then announced."""
    cooperative.moves_to(NOON)
    made = await tell(cooperative, "POST", "/window-plans", **other)
    assert made.status_code == 201, made.text
    await cooperative.falls_due()
    return f"/window-plans/{made.json()['id']}"


async def days(cooperative: ServiceUnderTest) -> list[str]:
    """The delivery days announced so far, in the order of announcing."""
    return [told["delivery_day"][5:] for told in await cooperative.events(ANNOUNCED)]


def at(day: int, month: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


async def test_each_window_is_announced_ahead_at_its_time_with_its_plan_and_its_smallest_total(
    cooperative: ServiceUnderTest,
) -> None:
    plan = await planned(cooperative, smallest_total=5_000_000, if_too_small="carry_over")
    before = await days(cooperative)

    await cooperative.falls_due(at(25, 11, 1))

    told = (await cooperative.events(ANNOUNCED))[-1]
    assert (before, await days(cooperative)) == (["11-27"], ["11-27", "12-01"])
    assert (told["plan_id"], told["due_at"]) == (plan.rpartition("/")[2], "2026-11-25T01:00:00Z")
    assert (told["opens_at"], told["closes_at"]) == ("2026-11-27T01:00:00Z", "2026-11-29T05:00:00Z")
    assert (told["answer_by"], told["firm_at"]) == ("2026-11-29T11:00:00Z", "2026-11-30T05:00:00Z")
    assert (told["smallest_total"], told["if_too_small"]) == (5_000_000, "carry_over")
    following = (await reads(cooperative, MANAGER, plan))["next"]
    assert following == {"delivery_day": "2026-12-04", "announced_at": "2026-11-28T01:00:00Z"}


async def test_after_an_outage_what_can_still_be_ordered_in_is_announced_once_and_in_order(
    cooperative: ServiceUnderTest,
) -> None:
    await planned(cooperative)

    await cooperative.falls_due(at(5, 12, 6))
    await cooperative.falls_due(at(5, 12, 7))

    assert await days(cooperative) == ["11-27", "12-08", "12-11"]
    late = (await cooperative.events(ANNOUNCED))[1]
    assert late["due_at"] == "2026-12-02T01:00:00Z"
    (shown,) = [
        one
        for one in (await reads(cooperative, MANAGER, "/windows"))["items"]
        if one["id"] == late["window_id"]
    ]
    assert (shown["due_at"], shown["announced_at"][:13]) == ("2026-12-02T01:00:00Z", "2026-12-05T06")


async def test_a_day_whose_book_would_be_closed_is_skipped_and_the_plan_says_so(
    cooperative: ServiceUnderTest,
) -> None:
    plan = await planned(cooperative)

    await cooperative.falls_due(at(5, 12, 6))

    told = await reads(cooperative, MANAGER, f"{plan}/timeline", **{"Accept-Language": "en"})
    assert [entry["what"] for entry in told] == ["plan.made", "plan.day_skipped", "plan.day_skipped"]
    assert (told[0]["actor"], told[1]["role"]) == (MANAGER.actor, "service")
    assert told[1]["sentence"] == (
        "The window for Tue 1 Dec 2026 was not announced: that was due Wed 25 Nov 2026 at 08:00 WIB, "
        "and its book would be closed by now."
    )


@pytest.mark.parametrize(
    ("zone", "opens"), [("Asia/Makassar", "2026-11-23T00:00:00Z"), ("Asia/Jayapura", "2026-11-22T23:00:00Z")]
)
async def test_times_are_those_of_the_villages_own_zone(
    cooperative: ServiceUnderTest, zone: str, opens: str
) -> None:
    await planned(cooperative, time_zone=zone)

    (told,) = await cooperative.events(ANNOUNCED)
    assert (told["opens_at"], told["time_zone"]) == (opens, zone)


async def test_a_change_is_for_windows_not_announced_yet_and_announces_no_day_twice(
    cooperative: ServiceUnderTest,
) -> None:
    plan = await planned(cooperative)

    changed = await tell(cooperative, "PUT", plan, weekdays=["thursday", "friday"], name="Kamis dan Jumat")
    await cooperative.falls_due()
    await cooperative.falls_due(at(26, 11, 2))

    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert await days(cooperative) == ["11-27", "11-26"]
    names = [told["name"] for told in await cooperative.events(ANNOUNCED)]
    assert (names[0], set(names[1:])) == ("Selasa dan Jumat", {"Kamis dan Jumat"})


async def test_a_plan_that_is_ended_announces_nothing_more_and_is_neither_changed_nor_ended_again(
    cooperative: ServiceUnderTest,
) -> None:
    plan = await planned(cooperative)

    ended = await tell(cooperative, "POST", f"{plan}/end")
    await cooperative.falls_due(at(5, 12, 6))
    refused = [await tell(cooperative, "POST", f"{plan}/end"), await tell(cooperative, "PUT", plan)]

    assert (ended.json()["next"], await days(cooperative)) == (None, ["11-27"])
    assert [answer.json()["code"] for answer in refused] == ["plan-ended"] * 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"closes": {"days_before": 5, "at": "12:00"}}, "wrong-times"),
        (
            {"firm": {"days_before": 0, "at": "00:00"}, "answer_by": {"days_before": 0, "at": "01:00"}},
            "wrong-times",
        ),
        ({"commodities": [str(new_id())]}, "unknown-commodity"),
    ],
)
async def test_a_plan_that_no_window_could_keep_is_refused(
    cooperative: ServiceUnderTest, wrong: dict[str, Any], code: str
) -> None:
    refused = await tell(cooperative, "POST", "/window-plans", **wrong)

    assert (refused.status_code, refused.json()["code"]) == (409, code)


async def test_a_plan_is_its_own_managers_alone(cooperative: ServiceUnderTest) -> None:
    plan = await planned(cooperative)

    answers = [
        await tell(cooperative, "PUT", plan, OTHER_MANAGER),
        await tell(cooperative, "POST", f"{plan}/end", OTHER_MANAGER),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert await days(cooperative) == ["11-27"]
