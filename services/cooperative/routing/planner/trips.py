"""A vehicle's trip in one leg, as the places it comes to in turn, and the times at each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.cooperative.routing.day import Day, Leg, Parcel, Roads, Stop, Vehicle, weight

FAR = 10**12
"""Later than any day."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Some parcels of one stop, taken or handed over at once."""

    stop: Stop
    parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a trip: work begins there between `opens` and `closes` and takes `service` seconds."""

    place: str
    opens: int
    closes: int
    service: int
    stop: Stop | None = None
    loads: tuple[Parcel, ...] = ()
    unloads: tuple[Parcel, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    arrives: int
    begins: int
    departs: int


@dataclass(frozen=True, slots=True)
class Trip:
    """`at_hub`: it came to the hub in the leg before and leaves from there; otherwise it leaves its start."""

    vehicle: Vehicle
    leg: Leg
    visits: tuple[Visit, ...]
    at_hub: bool = False

    def parcels(self) -> list[Parcel]:
        return [parcel for visit in self.visits for parcel in visit.parcels]

    def overload(self, more: Sequence[Parcel] = ()) -> tuple[int, int]:
        """Grams and crates that are too much."""
        grams, crates = weight([*self.parcels(), *more])
        return max(0, grams - self.vehicle.grams), max(0, crates - self.vehicle.crates)

    def points(self, day: Day, home: bool = True) -> list[Point]:
        """From start to end; `home` False: a collecting trip that stays at the hub for the next leg."""
        hub, one, freight = day.hub, self.vehicle, tuple(self.parcels())
        start = Point(one.start, one.earliest, FAR, 0)
        end = Point(one.end, -FAR, one.latest, 0)
        stops = [_point(visit) for visit in self.visits]
        if self.leg == "collect":
            closes = hub.cut_off - hub.unload_seconds
            unload = Point(hub.place, -FAR, closes, hub.unload_seconds, unloads=freight)
            return [start, *stops, unload, *([end] if home else [])]
        load = Point(hub.place, hub.cut_off, FAR, hub.load_seconds, loads=freight)
        return [*([] if self.at_hub else [start]), load, *stops, end]

    def with_visit(self, place: int, visit: Visit) -> "Trip":
        return replace(self, visits=(*self.visits[:place], visit, *self.visits[place:]))


def _point(visit: Visit) -> Point:
    stop = visit.stop
    loads, unloads = (visit.parcels, ()) if stop.leg == "collect" else ((), visit.parcels)
    return Point(stop.place, stop.opens, stop.closes, stop.service_seconds, stop, loads, unloads)


def timed(points: Sequence[Point], roads: Roads) -> list[Times] | None:
    """The least time away: home as early as can be, and not leaving before that needs it. None: it cannot be driven."""
    departs = _earliest(points, roads)
    if departs is None:
        return None
    ready = departs[-1] - points[-1].service
    for here, there in zip(reversed(points[:-1]), reversed(points), strict=False):
        ready = min(here.closes, ready - roads.seconds[here.place, there.place] - here.service)
        ready = min(ready, FAR)
    return _driven(points, roads, max(ready, points[0].opens))


def _earliest(points: Sequence[Point], roads: Roads) -> list[int] | None:
    departs: list[int] = []
    for place, point in enumerate(points):
        arrives = departs[-1] + roads.seconds[points[place - 1].place, point.place] if place else point.opens
        begins = max(arrives, point.opens)
        if begins > point.closes:
            return None
        departs.append(begins + point.service)
    return departs


def _driven(points: Sequence[Point], roads: Roads, start: int) -> list[Times]:
    found: list[Times] = []
    for place, point in enumerate(points):
        arrives = found[-1].departs + roads.seconds[points[place - 1].place, point.place] if found else start
        begins = max(arrives, point.opens)
        found.append(Times(arrives, begins, begins + point.service))
    return found


def metres(points: Sequence[Point], roads: Roads) -> int:
    return sum(roads.metres[here.place, there.place] for here, there in pairwise(points))


def cost(vehicle: Vehicle, far: int, seconds: int) -> tuple[int, int]:
    """Rupiah for the way and for the time, each rounded up; the vehicle's fixed cost is not in it."""
    return -(-far * vehicle.cost_per_km // 1000), -(-seconds * vehicle.cost_per_hour // 3600)


def trip_cost(trip: Trip, day: Day, roads: Roads) -> int | None:
    """Way and time of the whole trip, home included; None when it cannot be driven in time."""
    points = trip.points(day)
    times = timed(points, roads)
    if times is None:
        return None
    return sum(cost(trip.vehicle, metres(points, roads), times[-1].departs - times[0].arrives))


@dataclass(frozen=True, slots=True)
class Driven:
    """A trip as it is driven: what it takes and costs; seconds from leaving to the end, waiting included."""

    points: Sequence[Point]
    times: Sequence[Times]
    metres: int
    seconds: int
    distance_cost: int
    time_cost: int


def driven(trip: Trip, day: Day, roads: Roads, delivering: frozenset[str]) -> Driven:
    """`delivering`: vehicles that deliver; they stay at the hub after collecting, the others go home."""
    points = trip.points(day, home=trip.leg == "deliver" or trip.vehicle.vehicle not in delivering)
    times = timed(points, roads)
    if times is None:
        raise ValueError(f"{trip.vehicle.vehicle}: the {trip.leg} trip cannot be driven in time")
    far, seconds = metres(points, roads), times[-1].departs - times[0].arrives
    return Driven(points, times, far, seconds, *cost(trip.vehicle, far, seconds))
