"""Every stored thing, asked for by others of the right role: not found, like what nobody has; nothing changes."""

from dataclasses import replace

import pytest

from demo.people import ASSISTANT
from services.chassis.access import Allow
from services.chassis.ids import new_id
from tests.harness.access_walk import Guarded, guarded
from tests.openapi.documents import OPERATIONS, Operation
from tests.openapi.hamlet import Hamlet
from tests.openapi.others import OWNERS, others
from tests.openapi.stage import SARI, Stage
from tests.openapi.wishes import Wish, granted
from tests.openapi.wrong import BY_NAME

pytestmark = pytest.mark.asyncio(loop_scope="session")

OWNED = {name: BY_NAME[name] for name, owner in OWNERS.items() if owner != "all"}
FOR_ALL = {name: BY_NAME[name] for name, owner in OWNERS.items() if owner == "all"}


def routes(hamlet: Hamlet) -> dict[str, Guarded]:
    return {
        f"{name} {route.method} {route.template}": route
        for name, service in hamlet.services.items()
        for route in guarded(service.app)
    }


def rule_of(operation: Operation, hamlet: Hamlet) -> Allow:
    return routes(hamlet)[str(operation)].rule


async def sends(stage: Stage, operation: Operation, wish: Wish) -> tuple[int, str]:
    more = {} if wish.body is None else {"json": wish.body}
    answer = await stage.hamlet.send(
        wish.caller,
        operation.method,
        operation.url(wish.ids),
        params=wish.query,
        headers=wish.headers,
        **more,
    )
    return answer.status_code, "" if answer.is_success else str(answer.json()["code"])


async def let_in(stage: Stage, operation: Operation, wish: Wish) -> list[str]:
    """Which others were answered in another way than about a thing that nobody has."""
    assert wish.caller
    owner, taken = OWNERS.get(str(operation), "a person"), []
    for who, other in others(wish.caller, rule_of(operation, stage.hamlet), owner):
        theirs = Wish(other, wish.ids, wish.body, wish.query, wish.headers)
        nobodys = Wish(
            other, dict.fromkeys(wish.ids, str(new_id())), wish.body, dict.fromkeys(wish.query, str(new_id())),
            wish.headers,
        )  # fmt: skip
        told, unknown = await sends(stage, operation, theirs), await sends(stage, operation, nobodys)
        if told != unknown or told[0] != 404:
            taken.append(f"{who}: {told}, of what nobody has: {unknown}")
    return taken


async def test_every_route_of_the_apps_stands_in_the_documents_and_says_whose_its_things_are(
    services: Hamlet,
) -> None:
    assert sorted(routes(services)) == sorted(str(one) for one in OPERATIONS if not one.public)
    assert sorted(OWNERS) == sorted(
        str(one) for one in OPERATIONS if one.parameters("path") and not one.public
    )


@pytest.mark.parametrize("operation", OWNED.values(), ids=OWNED)
async def test_what_is_anothers_is_not_found_just_like_what_nobody_has(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    before = await stage.hamlet.digest()

    taken = await let_in(stage, operation, wish)

    assert taken == []
    assert await stage.hamlet.digest() == before


@pytest.mark.parametrize("operation", FOR_ALL.values(), ids=FOR_ALL)
async def test_what_is_for_all_to_see_and_to_use_is_there_for_others(
    operation: Operation, stage: Stage
) -> None:
    wish = await granted(operation, stage)
    assert wish.caller

    told = {
        who: (await sends(stage, operation, replace(wish, caller=other)))[0]
        for who, other in others(wish.caller, rule_of(operation, stage.hamlet), "all")
    }

    assert set(told.values()) == {201 if operation.method == "POST" else 200}


SARIS = {
    "notify GET /contacts/{person_id}": "person_id",
    "notify PUT /contacts/{person_id}": "person_id",
    "notify GET /messages/{message_id}": "message_id",
    "notify GET /messages": "",
}


@pytest.mark.parametrize("name", SARIS)
async def test_what_a_seller_is_told_and_how_is_for_her_village_only(name: str, stage: Stage) -> None:
    operation, sari = BY_NAME[name], str(stage.story.ids[SARI.short])
    ids = {"person_id": sari, "message_id": await stage.message(SARI)}
    body = {"name": "Bu Sari", "channel": "list"} if operation.method == "PUT" else None
    query = {} if SARIS[name] else {"person_id": sari}
    wish = Wish(stage.caller(SARI), {SARIS[name]: ids[SARIS[name]]} if SARIS[name] else {}, body, query)
    before = await stage.hamlet.digest()

    taken = await let_in(stage, operation, wish)
    served_elsewhere = await sends(
        stage, operation, Wish(stage.story.caller(ASSISTANT, SARI), wish.ids, body, query)
    )

    assert taken == []
    assert served_elsewhere[0] == 404
    assert await stage.hamlet.digest() == before
