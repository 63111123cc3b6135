"""What a truck's stop costs: decided by the manager, kept with who and when, frozen with each sharing."""

import pytest

from tests.cooperative.people import CISURU, MANAGER, OTHER_MANAGER, SARI_CALLS, SERANG, WINDOW
from tests.cooperative.steps import is_shared, reads
from tests.harness.service import ServiceUnderTest

COSTS = {"stop_cost": 150_000, "haul_cost": 300}


async def costs_of(cooperative: ServiceUnderTest, code: str = SERANG) -> str:
    seen = (await reads(cooperative, MANAGER, "/villages"))["items"]
    return f"/villages/{next(one['id'] for one in seen if one['code'] == code)}/costs"


async def test_a_change_says_who_and_when_and_holds_for_the_next_sharing(
    cooperative: ServiceUnderTest,
) -> None:
    async with cooperative.client(MANAGER) as client:
        for costs in ({"stop_cost": 90_000, "haul_cost": 0}, COSTS):
            answer = await client.put(await costs_of(cooperative), json=costs)
            assert answer.status_code == 200, answer.text

    now, before = (await reads(cooperative, MANAGER, "/villages/costs/changes"))["items"]
    await is_shared(cooperative)

    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    frozen = (await reads(cooperative, MANAGER, f"/sharings/{head['id']}"))["batch"]["villages"]
    assert [(one["village"], one["stop_cost"], one["haul_cost"]) for one in (now, before)] == [
        (SERANG, 150_000, 300),
        (SERANG, 90_000, 0),
    ]
    assert now["changed_by"] == f"manager:{MANAGER.id}"
    assert {"village": SERANG, **COSTS} in frozen
    assert {"village": CISURU, "stop_cost": 0, "haul_cost": 0} in frozen


async def test_the_costs_a_village_was_added_with_are_the_first_decision(
    cooperative: ServiceUnderTest,
) -> None:
    async with cooperative.client(MANAGER) as client:
        await client.post("/villages", json={"code": "33.01.18.2009", "name": "Tambaksari", **COSTS})

    (first,) = (await reads(cooperative, MANAGER, "/villages/costs/changes"))["items"]

    assert (first["village"], first["stop_cost"]) == ("33.01.18.2009", 150_000)


@pytest.mark.parametrize(
    "wrong", [{"stop_cost": -1}, {"haul_cost": 10**12 + 1}, {"stop_cost": 1.0}, {"more": 1}]
)
async def test_costs_that_the_engine_would_refuse_are_refused(
    cooperative: ServiceUnderTest, wrong: dict[str, object]
) -> None:
    async with cooperative.client(MANAGER) as client:
        answer = await client.put(await costs_of(cooperative), json=COSTS | wrong)

    assert answer.status_code == 422


async def test_only_the_cooperatives_own_manager_decides(cooperative: ServiceUnderTest) -> None:
    told = []
    for caller in (SARI_CALLS, OTHER_MANAGER):
        async with cooperative.client(caller) as client:
            told.append((await client.put(await costs_of(cooperative), json=COSTS)).status_code)

    assert told == [403, 404]
