"""Contacts over HTTP: set by the person himself or who may speak for him, seen by nobody else."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.chassis.access import Caller
from services.chassis.ids import new_id
from tests.harness.service import ServiceUnderTest, person
from tests.notify.people import (
    CISURU,
    COOPERATIVE,
    SARI,
    SARIS_CHAT,
    assistant,
    contact_of,
    hears,
    lot_listed,
    manager,
    sari,
)

CHAT = {"name": "Bu Sari", "language": "id", "channel": "telegram", "chat": SARIS_CHAT}
LIST = {"name": "Mbah Sari", "language": "en", "channel": "list"}


async def put(
    notify: ServiceUnderTest, caller: Caller, body: dict[str, Any], person_id: UUID = SARI
) -> httpx.Response:
    async with notify.client(caller, **{"Accept-Language": "id"}) as client:
        return await client.put(f"/contacts/{person_id}", json=body)


async def get(notify: ServiceUnderTest, caller: Caller, person_id: UUID = SARI) -> httpx.Response:
    async with notify.client(caller) as client:
        return await client.get(f"/contacts/{person_id}")


async def test_a_person_sets_his_own_contact_and_reads_it_back(notify: ServiceUnderTest) -> None:
    answer = await put(notify, sari(), CHAT)

    assert answer.status_code == 200
    assert answer.json() == CHAT | {
        "person_id": str(SARI),
        "cooperative": str(COOPERATIVE),
        "blocked": False,
    }
    assert (await get(notify, sari())).json() == answer.json()


async def test_a_manager_sets_the_contact_of_someone_without_a_phone(notify: ServiceUnderTest) -> None:
    await hears(notify, lot_listed(), on_behalf_of=SARI)

    answer = await put(notify, manager(), LIST)

    assert answer.status_code == 200
    assert (await get(notify, sari())).json()["name"] == "Mbah Sari"
    assert (await get(notify, manager())).status_code == 200


async def test_an_assistant_sets_the_contact_of_whom_he_acts_for(notify: ServiceUnderTest) -> None:
    bayu = assistant()

    assert (await put(notify, bayu, LIST)).status_code == 200
    assert (await put(notify, bayu, LIST, person_id=bayu.id)).status_code == 404


async def test_a_contact_changes_as_often_as_its_person_likes(notify: ServiceUnderTest) -> None:
    await put(notify, sari(), CHAT)

    await put(notify, sari(), LIST)

    assert (await get(notify, sari())).json() | LIST == (await get(notify, sari())).json()


async def test_setting_the_chat_anew_forgets_that_it_was_blocked(notify: ServiceUnderTest) -> None:
    await put(notify, sari(), CHAT)
    async with notify.tx() as tx:
        tx.add(contact := await contact_of(notify, SARI))
        contact.block(SARIS_CHAT)
    assert (await get(notify, sari())).json()["blocked"]

    await put(notify, sari(), CHAT)

    assert not (await get(notify, sari())).json()["blocked"]


@pytest.mark.parametrize(
    "stranger",
    [
        person("seller", cooperative=COOPERATIVE),
        person("buyer"),
        assistant(acts_for=None),
        assistant(acts_for=new_id()),
        assistant(village=CISURU),
        assistant(cooperative=new_id()),
        assistant(cooperative=None),
        person("manager", cooperative=new_id(), acts_for=SARI),
        person("manager", cooperative=new_id()),
        person("manager"),
        person("operator"),
    ],
    ids=lambda caller: f"{caller.role} of {'this' if caller.cooperative == COOPERATIVE else 'another'}",
)
async def test_another_persons_contact_is_neither_seen_nor_changed(
    notify: ServiceUnderTest, stranger: Caller
) -> None:
    await put(notify, sari(), CHAT)

    assert (await get(notify, stranger)).status_code == 404
    assert (await put(notify, stranger, LIST)).status_code == 404
    assert (await contact_of(notify, SARI)).name == "Bu Sari"


async def test_nobodys_contact_is_not_found(notify: ServiceUnderTest) -> None:
    assert (await get(notify, sari())).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 1_000}, "name"),
        ({"name": "Sari\x00"}, "name"),
        ({"language": "jv"}, "language"),
        ({"channel": "pigeon"}, "channel"),
        ({"chat": 0}, "chat"),
        ({"chat": -5}, "chat"),
        ({"chat": 2**63}, "chat"),
        ({"chat": 1.5}, "chat"),
        ({"chat": "51001"}, "chat"),
        ({"chat": None}, "chat"),
        ({"nickname": "Sari"}, "nickname"),
    ],
    ids=str,
)
async def test_a_contact_that_cannot_be_is_refused_with_the_field(
    notify: ServiceUnderTest, wrong: dict[str, Any], field: str
) -> None:
    answer = await put(notify, sari(), CHAT | wrong)

    assert answer.status_code == 422, answer.text
    (problem,) = answer.json()["errors"]
    assert problem["field"] == field
    assert (await get(notify, sari())).status_code == 404


async def test_two_first_contacts_at_once_leave_one(notify: ServiceUnderTest) -> None:
    himself = replace(sari(), role="buyer")

    answers = [await put(notify, caller, CHAT) for caller in (sari(), himself)]

    assert [answer.status_code for answer in answers] == [200, 200]
