"""Messages over HTTP: newest last, page by page, and only one's own."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest, person
from tests.notify.people import (
    CISURU,
    COOPERATIVE,
    SARI,
    SARIS_CHAT,
    WARSI,
    assistant,
    has_chat,
    lot_listed,
    manager,
    order_cancelled,
    sari,
)


async def texts(notify: ServiceUnderTest, caller: Caller, **query: str) -> list[str]:
    async with notify.client(caller) as client:
        answer = await client.get("/messages", params=query)
    assert answer.status_code == 200, answer.text
    return [message["text"].split("\n")[0] for message in answer.json()["items"]]


async def told(notify: ServiceUnderTest, count: int, seller_id: UUID = SARI) -> None:
    for kilograms in range(1, count + 1):
        await notify.receives(lot_listed(seller_id, kilograms * 1000))


async def test_a_person_reads_what_he_was_told_newest_last(notify: ServiceUnderTest) -> None:
    await told(notify, 3)
    await told(notify, 1, WARSI)

    assert [" 1 kg" in text for text in await texts(notify, sari())] == [True, False, False]
    assert [" 3 kg" in text for text in await texts(notify, sari())] == [False, False, True]


async def test_pages_follow_each_other_without_gap_or_repeat(notify: ServiceUnderTest) -> None:
    await told(notify, 5)
    seen: list[str] = []

    async with notify.client(sari()) as client:
        query = {"limit": "2"}
        while page := (await client.get("/messages", params=query)).json():
            seen += [message["text"] for message in page["items"]]
            if page["next"] is None:
                break
            query["cursor"] = page["next"]

    assert [f" {kilograms} kg" in text for kilograms, text in enumerate(seen, start=1)] == [True] * 5


async def test_a_message_says_how_it_was_handed_over(notify: ServiceUnderTest) -> None:
    await told(notify, 1)
    async with notify.client(sari()) as client:
        (listed,) = (await client.get("/messages")).json()["items"]

        answer = await client.get(f"/messages/{listed['id']}")

    assert answer.json() == listed
    assert answer.json() == listed | {
        "person_id": str(SARI),
        "template": "lot_listed",
        "status": "waiting",
        "channel": None,
        "attempts": 0,
    }


async def test_an_assistant_reads_the_messages_of_whom_he_acts_for(notify: ServiceUnderTest) -> None:
    await told(notify, 2)

    assert len(await texts(notify, assistant())) == 2
    assert await texts(notify, assistant(acts_for=None)) == []


async def test_a_manager_reads_the_messages_of_his_cooperatives_contacts(notify: ServiceUnderTest) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    await told(notify, 2)

    assert len(await texts(notify, manager(), person_id=str(SARI))) == 2


@pytest.mark.parametrize(
    "stranger",
    [
        person("seller", cooperative=COOPERATIVE),
        person("buyer"),
        person("operator"),
        assistant(acts_for=None),
        person("manager", cooperative=new_id()),
        person("manager"),
    ],
    ids=lambda caller: caller.role,
)
async def test_another_persons_messages_are_not_found(notify: ServiceUnderTest, stranger: Caller) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    await told(notify, 1)
    async with notify.client(sari()) as client:
        (listed,) = (await client.get("/messages")).json()["items"]

    async with notify.client(stranger) as client:
        assert (await client.get(f"/messages/{listed['id']}")).status_code == 404
        assert (await client.get("/messages", params={"person_id": str(SARI)})).status_code == 404
        assert (await client.get("/messages")).json()["items"] == []


@pytest.mark.parametrize(
    "stranger",
    [
        assistant(village=CISURU),
        assistant(cooperative=new_id()),
        assistant(acts_for=None),
        person("manager", cooperative=new_id(), acts_for=SARI),
    ],
    ids=["of another village", "of another cooperative", "for nobody", "a manager of another cooperative"],
)
async def test_who_does_not_serve_a_persons_village_reads_nothing_in_his_name(
    notify: ServiceUnderTest, stranger: Caller
) -> None:
    await told(notify, 1)
    async with notify.client(sari()) as client:
        (listed,) = (await client.get("/messages")).json()["items"]

    async with notify.client(stranger) as client:
        assert (await client.get(f"/messages/{listed['id']}")).status_code == 404
        assert (await client.get("/messages", params={"person_id": str(SARI)})).status_code == 404


async def test_a_manager_does_not_read_the_messages_of_someone_nobody_knows(notify: ServiceUnderTest) -> None:
    await notify.receives(order_cancelled(SARI))

    async with notify.client(manager()) as client:
        answer = await client.get("/messages", params={"person_id": str(SARI)})

    assert answer.status_code == 404


async def test_a_manager_without_a_cooperative_reads_nothing_of_contacts_without_one(
    notify: ServiceUnderTest,
) -> None:
    buyer = replace(person("buyer"), subject=SARI)
    async with notify.client(buyer) as client:
        await client.put(f"/contacts/{SARI}", json={"name": "Dapur Kota", "channel": "list"})

    async with notify.client(person("manager")) as client:
        assert (await client.get("/messages", params={"person_id": str(SARI)})).status_code == 404
        assert (await client.get(f"/contacts/{SARI}")).status_code == 404


async def test_a_message_that_does_not_exist_is_not_found(notify: ServiceUnderTest) -> None:
    async with notify.client(sari()) as client:
        assert (await client.get(f"/messages/{new_id()}")).status_code == 404
