"""Every route turns away who must not come in, and says who may."""

from services.chassis.http import routes_without_owner_rule
from tests.harness.access_walk import guarded, walk
from tests.harness.service import ServiceUnderTest


async def test_every_route_turns_strangers_away(orders: ServiceUnderTest) -> None:
    assert [seen async for seen in walk(orders.app, orders.key) if not seen.turned_away] == []
    assert len(guarded(orders.app)) == 14


def test_every_route_says_who_may_take_it(orders: ServiceUnderTest) -> None:
    assert [route for route in routes_without_owner_rule(orders.app) if "/health" not in route] == []
