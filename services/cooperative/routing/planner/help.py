"""What would let parcels go that stay: more room, more time, one more vehicle; the least of each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.cooperative.routing.day import Day, Roads, Row, fits, weight
from services.cooperative.routing.planner.repair import with_parcels
from services.cooperative.routing.planner.trips import Point, Trip, Visit, cost, metres, timed


def bigger(visit: Visit) -> Row:
    """A vehicle that can carry this at all."""
    grams, crates = weight(visit.parcels)
    return {"kind": "BIGGER", "grams": grams, "crates": crates}


def all_help(visit: Visit, trips: Sequence[Trip], day: Day, roads: Roads) -> list[Row]:
    """Each row alone is enough, with the trips as they are: the least room, of each limit the fewest minutes, or
    one more vehicle. Limits are the stop's `closes`, the hub's `cut_off`, a vehicle's `earliest` and `latest`.
    """
    found = [*_room(visit, trips, day, roads), *_time(visit, trips, day, roads)]
    one_more = _one_more(visit, trips, day, roads)
    if not found or set(one_more) == {"kind", "vehicle"}:
        found.append(one_more)
    return found


def _room(visit: Visit, trips: Sequence[Trip], day: Day, roads: Roads) -> list[Row]:
    found = []
    for trip in trips:
        grams, crates = trip.overload(visit.parcels)
        in_time = any(timed(one.points(day), roads) for one in with_parcels(trip, visit))
        if in_time and (grams or crates):
            found.append((crates, grams, trip.vehicle.vehicle))
    if not found:
        return []
    crates, grams, vehicle = min(found)
    return [{"kind": "ROOM", "vehicle": vehicle, "grams": grams, "crates": crates}]


def _time(visit: Visit, trips: Sequence[Trip], day: Day, roads: Roads) -> list[Row]:
    """Of each limit the vehicle with room that needs the fewest minutes of it, and nothing else."""
    least: dict[str, tuple[int, str]] = {}
    for trip in trips:
        if any(trip.overload(visit.parcels)):
            continue
        for wider in with_parcels(trip, visit):
            for limit, minutes in _alone(wider, visit, day, roads):
                one = minutes, trip.vehicle.vehicle
                least[limit] = min(least.get(limit, one), one)
    rows = sorted((minutes, limit, vehicle) for limit, (minutes, vehicle) in least.items())
    return [{"kind": "TIME", "vehicle": vehicle, limit: minutes} for minutes, limit, vehicle in rows]


def _alone(trip: Trip, visit: Visit, day: Day, roads: Roads) -> Iterator[tuple[str, int]]:
    """The limits each of which alone holds the trip up, with the minutes by which it should move."""
    points = trip.points(day)
    late = _late(points, roads)
    for limit, places in _limits(trip, points, visit).items():
        if late and late.keys() <= places:
            yield limit, _minutes(max(late.values()))
    early = None if trip.at_hub else _too_early(points, roads)
    if early is not None:
        yield "earliest", _minutes(early)


def _limits(trip: Trip, points: Sequence[Point], visit: Visit) -> dict[str, set[int]]:
    """Which points each limit holds up."""
    stops = {place for place, point in enumerate(points) if point.stop == visit.stop}
    limits = {"closes": stops, "latest": {len(points) - 1}}
    return limits | ({"cut_off": {len(points) - 2}} if trip.leg == "collect" else {})


def _late(points: Sequence[Point], roads: Roads) -> dict[int, int]:
    """By how many seconds each point is missed, leaving as early as can be and going on all the same."""
    found: dict[int, int] = {}
    departs = 0
    for place, point in enumerate(points):
        arrives = departs + roads.seconds[points[place - 1].place, point.place] if place else point.opens
        begins = max(arrives, point.opens)
        if begins > point.closes:
            found[place] = begins - point.closes
        departs = begins + point.service
    return found


def _too_early(points: Sequence[Point], roads: Roads) -> int | None:
    """By how many seconds the vehicle should leave sooner; None when that alone is no help."""
    ready = points[-1].closes
    for place in range(len(points) - 2, -1, -1):
        here, there = points[place], points[place + 1]
        if ready < there.opens:
            return None
        ready = min(here.closes, ready - roads.seconds[here.place, there.place] - here.service)
    return points[0].opens - ready if ready < points[0].opens else None


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)


def _one_more(visit: Visit, trips: Sequence[Trip], day: Day, roads: Roads) -> Row:
    """A second vehicle like one there is, with the minutes it would need too; or that one itself, if it is idle."""
    found = []
    for trip in trips:
        if not fits(visit.parcels, trip.vehicle):
            continue
        fresh = replace(trip, visits=(visit,), at_hub=False)
        points = fresh.points(day)
        late = _late(points, roads)
        minutes = {
            limit: _minutes(max(late[place] for place in places & late.keys()))
            for limit, places in _limits(fresh, points, visit).items()
            if places & late.keys()
        }
        dear = sum(cost(trip.vehicle, metres(points, roads), 0)) + trip.vehicle.fixed_cost
        idle = not trip.visits and not trip.at_hub
        found.append((sum(minutes.values()), dear, trip.vehicle.vehicle, idle, minutes))
    _, _, vehicle, idle, minutes = min(found, key=lambda one: one[:3])
    return {"kind": "TIME" if idle else "VEHICLE", "vehicle": vehicle, **minutes}
