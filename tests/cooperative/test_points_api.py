"""Collection points over HTTP, and that a seller is told where and when to bring what is committed."""

from typing import Any

import httpx
import pytest

from services.chassis.access import Caller
from tests.cooperative.collecting import DRIVER, HALL, collects
from tests.cooperative.people import (
    CISURU,
    MANAGER,
    OTHER_MANAGER,
    SARI,
    SARI_CALLS,
    SERANG,
    TUTI,
    WATI,
)
from tests.cooperative.steps import by_seller, is_settled, reads
from tests.cooperative.test_registry_api import NEW_WINDOW
from tests.harness.service import ServiceUnderTest

NEW_POINT = {"village": SERANG, "name": "Balai desa", "latitude": -7.4312, "longitude": 108.7789}
HOURS = {"starts_at": "2026-11-26T22:00:00Z", "ends_at": "2026-11-27T01:00:00Z"}


async def posts(
    cooperative: ServiceUnderTest, path: str, body: dict[str, Any], caller: Caller = MANAGER
) -> httpx.Response:
    async with cooperative.client(caller) as client:
        return await client.post(path, json=body)


async def test_a_point_is_named_once_in_its_village_and_seen_by_those_who_collect(
    cooperative: ServiceUnderTest,
) -> None:
    added, again = [await posts(cooperative, "/points", NEW_POINT) for _ in range(2)]

    assert (added.status_code, again.status_code, again.json()["code"]) == (201, 409, "point-twice")
    assert (await reads(cooperative, DRIVER, "/points"))["items"] == [added.json()]
    assert (await reads(cooperative, OTHER_MANAGER, "/points"))["items"] == []


async def test_a_point_stands_in_a_member_village(cooperative: ServiceUnderTest) -> None:
    refused = await posts(cooperative, "/points", NEW_POINT | {"village": "33.01.18.2009"})

    assert (refused.status_code, refused.json()["code"]) == (409, "unknown-village")


@pytest.mark.parametrize("wrong", [{"latitude": 91.0}, {"longitude": "108"}, {"latitude": -7}])
async def test_coordinates_are_degrees_with_or_without_decimals(
    cooperative: ServiceUnderTest, wrong: dict[str, Any]
) -> None:
    answer = await posts(cooperative, "/points", NEW_POINT | wrong)

    assert answer.status_code == (201 if wrong == {"latitude": -7} else 422)


async def test_a_window_says_where_each_village_brings_its_lots(cooperative: ServiceUnderTest) -> None:
    point = (await posts(cooperative, "/points", NEW_POINT)).json()
    planned = {"point_id": point["id"], **HOURS, "villages": [SERANG, CISURU]}

    announced = await posts(cooperative, "/windows", NEW_WINDOW | {"collections": [planned]})

    assert announced.status_code == 201, announced.text
    (told,) = await cooperative.events("cooperative.window_announced.v1")
    assert [one["village"] for one in told["collections"]] == [CISURU, SERANG]
    path = f"/windows/{announced.json()['id']}/collections"
    assert await reads(cooperative, DRIVER, path) == told["collections"]
    async with cooperative.client(OTHER_MANAGER) as client:
        assert (await client.get(path)).status_code == 404
    async with cooperative.client(SARI_CALLS) as client:
        assert (await client.get(path)).status_code == 403


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        ([{"point_id": str(SARI), **HOURS}], "unknown-point"),
        ([{"villages": ["33.01.18.2009"]}], "unknown-village"),
        ([{}, {}], "collected-twice"),
        ([{"starts_at": "2026-11-24T22:00:00Z"}], "wrong-collection-times"),
    ],
)
async def test_what_cannot_be_collected_is_refused_and_announces_nothing(
    cooperative: ServiceUnderTest, planned: list[dict[str, Any]], code: str
) -> None:
    point = (await posts(cooperative, "/points", NEW_POINT)).json()
    wish = [{"point_id": point["id"], **HOURS} | one for one in planned]

    refused = await posts(cooperative, "/windows", NEW_WINDOW | {"collections": wish})

    assert (refused.status_code, refused.json()["code"]) == (409, code)
    assert await cooperative.emitted() == []


async def test_who_is_committed_is_told_where_and_when_to_bring_it(cooperative: ServiceUnderTest) -> None:
    await collects(cooperative, SERANG, CISURU)

    await is_settled(cooperative)

    told = by_seller(await cooperative.events("cooperative.share_committed.v1"))
    assert told[SARI]["collection"] == told[TUTI]["collection"]
    assert (told[SARI]["collection"]["point_name"], told[SARI]["collection"]["village_name"]) == (
        HALL.name,
        "Serang",
    )
    assert told[WATI]["collection"] is None
