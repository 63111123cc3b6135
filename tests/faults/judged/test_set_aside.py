"""What is parked: without cause, too late, or with what the service does not take."""

from dataclasses import replace

from tests.faults.checker import Anomaly, Evidence, judge
from tests.faults.judged.world import LINE, LOT, ORDER, carry, fact, seen


def test_something_parked_without_cause_is_unaccounted(world: Evidence) -> None:
    parked = {
        "event_id": "e",
        "key": LINE,
        "topic": "t",
        "partition": 0,
        "record_offset": 0,
        "cause": "KeyError",
    }
    world.services["orders"].parked.append(parked)

    assert seen(world) == {(Anomaly.UNACCOUNTED, "orders")}


def test_an_event_applied_behind_a_parked_one_of_its_key_is_a_skip(world: Evidence) -> None:
    poison = fact("catalog.lots", "catalog.lot_repriced.v1", LOT, 99, 0)
    carry(world, poison)
    records = world.topics["catalog.lots"]
    world.topics["catalog.lots"] = [
        replace(one, offset=place) for place, one in enumerate([records[0], records[2], records[1]])
    ]
    world.injected = frozenset({poison.id})

    found = [one for one in judge(world) if one.anomaly is Anomaly.SKIP]

    assert {one.where for one in found} == {"orders"}
    assert ORDER not in {one.key for one in found}


def test_an_event_is_applied_behind_an_unreadable_one_of_a_type_that_the_service_does_not_take(
    world: Evidence,
) -> None:
    poison = fact("orders.orders", "orders.changed.v1", ORDER, 99, 0)
    carry(world, poison)
    [placed, unreadable] = world.topics["orders.orders"]
    world.topics["orders.orders"] = [replace(unreadable, offset=0), replace(placed, offset=1)]
    world.injected = frozenset({poison.id})

    found = [one for one in judge(world) if one.anomaly is Anomaly.SKIP and one.key == ORDER]

    assert {one.where for one in found} == {"cooperative"}, (
        "notify takes what was placed, not what was changed"
    )
