"""Strangers at cooperative's routes."""

from services.chassis.http import routes_without_owner_rule
from tests.harness.access_walk import guarded, walk
from tests.harness.service import ServiceUnderTest


async def test_every_route_turns_strangers_away(cooperative: ServiceUnderTest) -> None:
    assert routes_without_owner_rule(cooperative.app) == []
    assert len(guarded(cooperative.app)) > 10
    assert [seen async for seen in walk(cooperative.app, cooperative.key) if not seen.turned_away] == []
