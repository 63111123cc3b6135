"""Who may take a route stands in its signature, and holds before anything else of the request is looked at."""

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request

from services.chassis.access import ActsForNobody, Allow, Caller, Everyone
from services.chassis.http import routes_without_owner_rule, service_router
from services.chassis.ids import new_id
from tests.harness.access_walk import ROLES, guarded, of_wrong_roles, walk
from tests.harness.service import ServiceUnderTest, person


async def test_strangers_are_turned_away_from_every_route(things: ServiceUnderTest) -> None:
    seen = [visited async for visited in walk(things.app, things.key)]

    assert len(guarded(things.app)) == 6
    assert len(seen) == (4 + len(ROLES)) * len(guarded(things.app))
    assert [visited for visited in seen if not visited.turned_away] == []


async def test_a_role_acts_for_others_only_where_the_route_lets_it(things: ServiceUnderTest) -> None:
    app, routes = FastAPI(), service_router()
    alone, acting = Allow("maker", owns="x"), Allow("maker", owns="x", acts_for=("maker",))
    routes.get("/alone", dependencies=[Depends(alone)])(nothing)
    routes.get("/acting", dependencies=[Depends(acting)])(nothing)
    app.include_router(routes)

    wrong = {route.path: of_wrong_roles(things.key, route.rule) for route in guarded(app)}
    async with things.client(person("maker", acts_for=new_id())) as maker:
        allowed = await maker.get("/things")
        request = maker.build_request("GET", "/things")

    assert "maker on behalf of another" in wrong["/alone"]
    assert "maker on behalf of another" not in wrong["/acting"]
    assert allowed.status_code == 200
    scope = {"type": "http", "app": things.app, "headers": [(k.lower(), v) for k, v in request.headers.raw]}
    assert acting.admit(Request(scope)).role == "maker"
    with pytest.raises(ActsForNobody):
        alone.admit(Request(scope))


async def test_a_401_says_which_scheme_and_a_403_says_whose_route_it_is(things: ServiceUnderTest) -> None:
    async with things.client() as nobody, things.client(person("buyer")) as buyer:
        unknown = await nobody.get("/things")
        wrong = await buyer.get("/things")

    assert unknown.headers["www-authenticate"].startswith("Bearer")
    assert wrong.json()["detail"] == "This is for: maker. Use the token of such a person."


async def test_a_public_route_asks_for_no_token_and_takes_none_amiss(things: ServiceUnderTest) -> None:
    async with things.client() as nobody, things.client(Authorization="Bearer rubbish") as somebody:
        answers = [await nobody.get("/clock"), await somebody.get("/clock")]

    assert [answer.status_code for answer in answers] == [200, 200]


async def test_what_is_anothers_is_not_found(things: ServiceUnderTest) -> None:
    async with things.client(person("maker")) as sari, things.client(person("maker")) as dewi:
        thing = (await sari.post("/things", json={"name": "basket"})).json()
        hers, unknown = await dewi.get(f"/things/{thing['id']}"), await dewi.get(f"/things/{new_id()}")

    assert hers.status_code == unknown.status_code == 404
    assert hers.content == unknown.content


async def nothing() -> None:
    return


def test_a_route_that_does_not_say_who_may_take_it_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="say once who may do this"):
        service_router().get("/open")(nothing)


def test_a_route_that_says_it_twice_cannot_be_made() -> None:
    rules = [Depends(Everyone("first")), Depends(Allow("maker", owns="second"))]

    with pytest.raises(TypeError, match="say once who may do this"):
        service_router(dependencies=rules).get("/both")(nothing)


def test_a_route_made_without_the_chassis_is_found_by_the_check(things: ServiceUnderTest) -> None:
    stray = APIRouter()
    stray.get("/stray")(nothing)
    app = FastAPI()
    app.include_router(stray, prefix="/far")

    assert routes_without_owner_rule(app) == ["['GET'] /far/stray"]
    assert routes_without_owner_rule(things.app) == []


def test_whose_things_these_are_is_the_person_acted_for() -> None:
    neighbour = new_id()
    assistant = Caller(new_id(), "assistant", on_behalf_of=neighbour)

    assert (assistant.person, assistant.id) == (neighbour, assistant.subject)
    assert assistant.actor == f"assistant:{assistant.subject}"
    with pytest.raises(TypeError):
        _ = Caller.service("things").person
