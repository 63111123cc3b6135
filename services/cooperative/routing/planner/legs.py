"""The two legs, one after the other: villages to the hub, hub to the buyers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.cooperative.routing.day import LEGS, Day, Leg, Parcel, Roads, fits
from services.cooperative.routing.planner.fleet import Fleet
from services.cooperative.routing.planner.repair import all_trips, repaired, whole_cost
from services.cooperative.routing.planner.search import searched
from services.cooperative.routing.planner.trips import Trip, Visit, driven, trip_cost
from services.cooperative.routing.planner.visits import Allowed, halved, merged, visits_of

ROUNDS = 3
"""How often the visits of stops that were not served wholly are halved and searched again."""
FEW = 3
"""A day is small where its plan needs no more vehicles."""


@dataclass(frozen=True, slots=True)
class Legs:
    """`trips`: of each leg, of every vehicle, empty ones too. `left`: the parcels each leg did not carry."""

    trips: dict[Leg, list[Trip]]
    left: dict[Leg, list[Parcel]]
    cost: int

    def worth(self) -> tuple[int, int]:
        """The smaller, the better: first the ways of parcels that are missing, then rupiah."""
        return sum(map(len, self.left.values())), self.cost

    def used(self) -> frozenset[str]:
        return _used(self.trips["collect"]) | _used(self.trips["deliver"])

    def delivering(self) -> frozenset[str]:
        return _used(self.trips["deliver"])


def _used(trips: Sequence[Trip]) -> frozenset[str]:
    return frozenset(trip.vehicle.vehicle for trip in trips if trip.visits)


def planned_legs(day: Day, roads: Roads) -> Legs:
    """The best of some ways to go about it: collecting counts on nobody for the second leg, on those who would deliver
    if nobody collected, on those whom the best so far has; on a small day on each vehicle in turn.

    Whom collecting counts on costs nothing to use, so that one vehicle comes for both legs rather than two for one.
    """
    nobody = _legs(day, roads, frozenset())
    if not nobody.delivering() or not day.of_leg("collect"):
        return nobody
    there = [one for one in day.of_leg("deliver") if one not in nobody.left["collect"]]
    alone = _leg("deliver", there, day, roads, Fleet())
    tried = {frozenset[str](): nobody}

    def best_with(going_on: frozenset[str]) -> Legs:
        if going_on not in tried:
            tried[going_on] = _legs(day, roads, going_on)
        return min(tried.values(), key=Legs.worth)

    best_with(_used(alone))
    best = best_with(nobody.delivering())
    if len(best.used()) <= FEW:
        for vehicle in day.vehicles:
            best = best_with(frozenset({vehicle.vehicle}))
    return best_with(best.delivering())


def _legs(day: Day, roads: Roads, going_on: frozenset[str]) -> Legs:
    collecting = _leg("collect", day.of_leg("collect"), day, roads, Fleet(going_on=going_on))
    taken = {parcel.parcel for trip in collecting for parcel in trip.parcels()}
    there = [one for one in day.of_leg("deliver") if one.origin is None or one.parcel in taken]
    delivering = _leg("deliver", there, day, roads, Fleet(at_hub=_used(collecting)))
    trips: dict[Leg, list[Trip]] = {"collect": collecting, "deliver": delivering}
    left: dict[Leg, list[Parcel]] = {leg: left_of(trips[leg], day.of_leg(leg)) for leg in LEGS}
    return Legs(trips, left, _cost(trips, day, roads))


def left_of(trips: Sequence[Trip], parcels: Sequence[Parcel]) -> list[Parcel]:
    taken = {parcel.parcel for trip in trips for parcel in trip.parcels()}
    return [one for one in parcels if one.parcel not in taken]


def _leg(leg: Leg, parcels: Sequence[Parcel], day: Day, roads: Roads, fleet: Fleet) -> list[Trip]:
    empty = all_trips((), day, leg, fleet)
    allowed = reached_alone(empty, day, roads)
    visits = visits_of((one for one in parcels if allowed([one])), day, leg, allowed)
    best, least = empty, (len(parcels) + 1, 0)
    for _ in range(ROUNDS):
        found = searched(leg, visits, day, roads, fleet)
        found = all_trips([replace(one, visits=merged(one.visits)) for one in found], day, leg, fleet)
        found = repaired(found, parcels, day, roads)
        left = left_of(found, parcels)
        worth = len(left), sum(whole_cost(one, day, roads) for one in found)
        if worth < least:
            best, least = found, worth
        torn = {str(one.stop(leg)) for one in left if allowed([one])}
        if not any(visit.stop.stop in torn and len(visit.parcels) > 1 for visit in visits):
            break
        visits = halved(visits, torn)
    return best


def reached_alone(empty: Sequence[Trip], day: Day, roads: Roads) -> Allowed:
    """Whether some vehicle could serve these parcels of one stop if it had nothing else to do."""

    def allowed(parcels: Sequence[Parcel]) -> bool:
        stop = day.stops[str(parcels[0].stop(empty[0].leg))]
        return any(
            fits(parcels, trip.vehicle)
            and trip_cost(trip.with_visit(0, Visit(stop, tuple(parcels))), day, roads) is not None
            for trip in empty
        )

    return allowed


def _cost(trips: dict[Leg, list[Trip]], day: Day, roads: Roads) -> int:
    """What the day costs as it is driven."""
    delivering = _used(trips["deliver"])
    used = [trip for leg in LEGS for trip in trips[leg] if trip.visits]
    ways = [driven(trip, day, roads, delivering) for trip in used]
    fixed = sum(vehicle.fixed_cost for vehicle in {trip.vehicle for trip in used})
    return fixed + sum(way.distance_cost + way.time_cost for way in ways)
