"""Parcels that the search left, put in wherever there is still room and time: the cheapest place first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.cooperative.routing.day import Day, Leg, Parcel, Roads
from services.cooperative.routing.planner.fleet import Fleet
from services.cooperative.routing.planner.trips import Trip, Visit, trip_cost


def all_trips(trips: Sequence[Trip], day: Day, leg: Leg, fleet: Fleet) -> list[Trip]:
    """A trip of every vehicle, by its id; empty where it is not used."""
    used = {trip.vehicle.vehicle: trip for trip in trips}
    return [used.get(one.vehicle) or Trip(one, leg, (), one.vehicle in fleet.at_hub) for one in day.vehicles]


def repaired(trips: Sequence[Trip], parcels: Sequence[Parcel], day: Day, roads: Roads) -> list[Trip]:
    """Parcel by parcel until none goes in any more: what is left then fits in no trip as it is."""
    now = {trip.vehicle.vehicle: trip for trip in trips}
    carried = {parcel.parcel for trip in trips for parcel in trip.parcels()}
    left = sorted(
        (one for one in parcels if one.parcel not in carried),
        key=lambda one: (one.grams, one.crates, one.parcel),
    )
    before = len(left) + 1
    while len(left) < before:
        before = len(left)
        for parcel in tuple(left):
            found = _cheapest(list(now.values()), parcel, day, roads)
            if found is not None:
                now[found.vehicle.vehicle] = found
                left.remove(parcel)
    return list(now.values())


def _cheapest(trips: Sequence[Trip], parcel: Parcel, day: Day, roads: Roads) -> Trip | None:
    found = [
        (whole_cost(wider, day, roads) - whole_cost(trip, day, roads), wider)
        for trip in trips
        if not any(trip.overload([parcel]))
        for wider in with_parcels(trip, Visit(day.stops[str(parcel.stop(trip.leg))], (parcel,)))
        if trip_cost(wider, day, roads) is not None
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def whole_cost(trip: Trip, day: Day, roads: Roads) -> int:
    """With the vehicle's fixed cost, unless that was paid in the leg before; nothing for an empty trip."""
    if not trip.visits:
        return 0
    return (trip_cost(trip, day, roads) or 0) + (0 if trip.at_hub else trip.vehicle.fixed_cost)


def with_parcels(trip: Trip, visit: Visit) -> Iterator[Trip]:
    """Everywhere a trip could take them: in a visit it makes to their stop already, or in a new one at any place."""
    for place, there in enumerate(trip.visits):
        if there.stop == visit.stop:
            together = tuple(sorted(there.parcels + visit.parcels, key=lambda one: one.parcel))
            visits = (*trip.visits[:place], Visit(visit.stop, together), *trip.visits[place + 1 :])
            yield replace(trip, visits=visits)
    for place in range(len(trip.visits) + 1):
        yield trip.with_visit(place, visit)
