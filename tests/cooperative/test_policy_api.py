"""How a cooperative shares: decided by its manager, kept with who and when, frozen with each sharing."""

import pytest

from tests.cooperative.people import BUYER, MANAGER, OTHER_MANAGER, SARI_CALLS, WINDOW
from tests.cooperative.steps import is_shared, reads
from tests.harness.service import ServiceUnderTest

SHARES = {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80}
USUAL = SHARES | {"minimum_steps": 1, "rounds": 10}


async def test_until_somebody_decides_the_usual_policy_holds(cooperative: ServiceUnderTest) -> None:
    seen = await reads(cooperative, MANAGER, "/policy")

    assert seen == {**USUAL, "version": 0, "changed_by": None, "changed_at": None}


async def test_a_change_says_who_and_when_and_the_older_one_stays(cooperative: ServiceUnderTest) -> None:
    for first_share in (100, 0):
        async with cooperative.client(MANAGER) as client:
            answer = await client.put("/policy", json={**USUAL, "first_share_permille": first_share})
        assert answer.status_code == 200, answer.text

    now, before = await reads(cooperative, MANAGER, "/policy/changes")

    assert await reads(cooperative, MANAGER, "/policy") == now
    assert [(one["version"], one["first_share_permille"]) for one in (now, before)] == [(2, 0), (1, 100)]
    assert now["changed_by"] == f"manager:{MANAGER.id}"
    assert now["changed_at"].startswith("2026-11-23T05:0")


@pytest.mark.parametrize(
    "wrong",
    [{"first_share_permille": 1001}, {"first_share_permille": -1}, {"tier_permille": 4}, {"tier_permille": 10_001},
     {"credit_permille": 1_000_001}, {"credit_permille": 1.0}, {"tier_permille": None}, {"more": 1},
     {"minimum_steps": 0}, {"minimum_steps": 1001}, {"minimum_steps": "5"}, {"minimum_steps": None},
     {"rounds": 0}, {"rounds": 21}, {"rounds": 3.0}, {"rounds": True}],
)  # fmt: skip
async def test_a_policy_outside_its_bounds_is_refused(
    cooperative: ServiceUnderTest, wrong: dict[str, object]
) -> None:
    async with cooperative.client(MANAGER) as client:
        answer = await client.put("/policy", json=USUAL | wrong)

    assert answer.status_code == 422
    assert (await reads(cooperative, MANAGER, "/policy"))["version"] == 0


NUMBERS = {
    "id": "Kirim bilangan bulat, tanpa tanda kutip atau desimal.",
    "en": "Send a whole number, without quotes or decimals.",
}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"minimum_steps": 0}, {"id": "Kirim 1 atau lebih.", "en": "Send 1 or more."}),
        ({"minimum_steps": 1001}, {"id": "Kirim 1000 atau kurang.", "en": "Send 1000 or less."}),
        ({"rounds": 21}, {"id": "Kirim 20 atau kurang.", "en": "Send 20 or less."}),
        ({"rounds": 2.5}, NUMBERS),
    ],
)
async def test_what_is_wrong_is_said_in_both_languages(
    cooperative: ServiceUnderTest, wrong: dict[str, object], words: dict[str, str]
) -> None:
    (name,) = wrong
    for language, said in words.items():
        async with cooperative.client(MANAGER, **{"Accept-Language": language}) as client:
            answer = await client.put("/policy", json=USUAL | wrong)

        assert answer.json()["errors"] == [{"field": name, "message": said}]


async def test_who_leaves_out_minimum_and_rounds_decides_for_the_usual(cooperative: ServiceUnderTest) -> None:
    async with cooperative.client(MANAGER) as client:
        await client.put("/policy", json=USUAL | {"minimum_steps": 5, "rounds": 2})
        await client.put("/policy", json=SHARES)

    now, before = await reads(cooperative, MANAGER, "/policy/changes")

    assert (before["minimum_steps"], before["rounds"]) == (5, 2)
    assert now == USUAL | {name: now[name] for name in ("version", "changed_by", "changed_at")}


async def test_only_its_manager_sees_and_changes_a_policy(cooperative: ServiceUnderTest) -> None:
    for stranger in (SARI_CALLS, BUYER):
        async with cooperative.client(stranger) as client:
            assert (await client.get("/policy")).status_code == 403
            assert (await client.put("/policy", json=USUAL)).status_code == 403
    async with cooperative.client(OTHER_MANAGER) as client:
        assert (await client.put("/policy", json=USUAL)).status_code == 404


async def test_a_sharing_is_frozen_with_the_policy_of_that_moment(cooperative: ServiceUnderTest) -> None:
    decided = {"first_share_permille": 1000, "tier_permille": 0, "credit_permille": 0}
    async with cooperative.client(MANAGER) as client:
        await client.put("/policy", json=decided)

    await is_shared(cooperative)

    (head,) = (await reads(cooperative, MANAGER, f"/sharings?window_id={WINDOW}"))["items"]
    seen = await reads(cooperative, MANAGER, f"/sharings/{head['id']}")
    assert seen["batch"]["parameters"] == seen["record"]["parameters"] == decided
