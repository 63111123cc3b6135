"""What each vehicle can do in one leg: from where, from when, until when, and what using it costs beside the way."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.cooperative.routing.day import Day, Leg, Roads, Vehicle
from services.cooperative.routing.planner.trips import cost


@dataclass(frozen=True, slots=True)
class Fleet:
    """`at_hub`: vehicles that collected, and deliver from there. `going_on`: those that will deliver afterwards."""

    at_hub: frozenset[str] = frozenset()
    going_on: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Start:
    """A vehicle in a leg: from `place` at `earliest` to `end` by `latest`; `beside`: rupiah for using it at all."""

    vehicle: Vehicle
    place: str
    end: str
    earliest: int
    latest: int
    beside: int


def starts(leg: Leg, day: Day, roads: Roads, fleet: Fleet) -> Iterator[Start]:
    """Vehicles that have any time in this leg."""
    for vehicle in day.vehicles:
        one = (_collecting if leg == "collect" else _delivering)(vehicle, day, roads, fleet)
        if one.earliest <= one.latest:
            yield one


def _collecting(vehicle: Vehicle, day: Day, roads: Roads, fleet: Fleet) -> Start:
    """It must be able to go home from the hub in time, whether or not it then delivers."""
    hub, home = day.hub, (day.hub.place, vehicle.end)
    latest = min(hub.cut_off, vehicle.latest - roads.seconds[home]) - hub.unload_seconds
    beside = vehicle.fixed_cost + sum(cost(vehicle, roads.metres[home], roads.seconds[home]))
    if vehicle.vehicle in fleet.going_on:
        beside = 0
    return Start(vehicle, vehicle.start, hub.place, vehicle.earliest, latest, beside)


def _delivering(vehicle: Vehicle, day: Day, roads: Roads, fleet: Fleet) -> Start:
    """It leaves the hub when what was collected is there; empty it may have to come there first."""
    hub, there = day.hub, (vehicle.start, day.hub.place)
    if vehicle.vehicle in fleet.at_hub:
        return Start(vehicle, hub.place, vehicle.end, hub.cut_off + hub.load_seconds, vehicle.latest, 0)
    ready = max(hub.cut_off, vehicle.earliest + roads.seconds[there]) + hub.load_seconds
    beside = vehicle.fixed_cost + sum(cost(vehicle, roads.metres[there], roads.seconds[there]))
    return Start(vehicle, hub.place, vehicle.end, ready, vehicle.latest, beside)
