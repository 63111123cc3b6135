"""Strangers at notify's routes, and what its API document says."""

from services.chassis.http import routes_without_owner_rule
from tests.harness.access_walk import guarded, walk
from tests.harness.service import ServiceUnderTest


async def test_every_route_turns_strangers_away(notify: ServiceUnderTest) -> None:
    assert routes_without_owner_rule(notify.app) == []
    assert len(guarded(notify.app)) == 4
    assert [seen async for seen in walk(notify.app, notify.key) if not seen.turned_away] == []


async def test_the_api_document_shows_how_a_contact_looks(notify: ServiceUnderTest) -> None:
    contact = notify.app.openapi()["components"]["schemas"]["NewContact"]

    assert [example["channel"] for example in contact["examples"]] == ["telegram", "list"]
