"""The way of one vehicle in one leg as the day allows it, and when it would be where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.cooperative.routing.day import Day, Parcel, Roads, Stop, Vehicle, fits

EVER = 1 << 50


@dataclass(frozen=True, slots=True)
class Place:
    """Work begins here between `first` and `last` and takes `seconds`."""

    place: str
    first: int
    last: int
    seconds: int
    stop: str | None = None
    takes: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """`loads`: the stops in their order, each with the parcels taken or handed over there."""

    vehicle: Vehicle
    leg: str
    loads: tuple[tuple[Stop, tuple[Parcel, ...]], ...]
    from_hub: bool

    def freight(self) -> list[Parcel]:
        return [parcel for _, parcels in self.loads for parcel in parcels]

    def places(self, day: Day, home: bool) -> list[Place]:
        """`home`: a collecting vehicle that goes home afterwards; one that delivers ends its first leg at the hub."""
        hub, own = day.hub, self.vehicle
        freight = frozenset(one.parcel for one in self.freight())
        leaves = Place(own.start, own.earliest, EVER, 0)
        ends = Place(own.end, -EVER, own.latest, 0)
        stops = [self._stop(stop, parcels) for stop, parcels in self.loads]
        if self.leg == "deliver":
            loading = Place(hub.place, hub.cut_off, EVER, hub.load_seconds, takes=freight)
            return [loading, *stops, ends] if self.from_hub else [leaves, loading, *stops, ends]
        last = hub.cut_off - hub.unload_seconds
        unloading = Place(hub.place, -EVER, last, hub.unload_seconds, gives=freight)
        return [leaves, *stops, unloading, ends] if home else [leaves, *stops, unloading]

    def _stop(self, stop: Stop, parcels: tuple[Parcel, ...]) -> Place:
        names = frozenset(one.parcel for one in parcels)
        takes, gives = (names, frozenset[str]()) if self.leg == "collect" else (frozenset[str](), names)
        return Place(stop.place, stop.opens, stop.closes, stop.service_seconds, stop.stop, takes, gives)

    def possible(self, day: Day, roads: Roads) -> bool:
        """Room and time are enough, also to be home in time after collecting."""
        places = self.places(day, home=True)
        return fits(self.freight(), self.vehicle) and begun(places, roads, places[0].first) is not None

    def wider(self, stop: Stop, parcels: tuple[Parcel, ...]) -> Iterator["Way"]:
        """Everywhere the parcels could come in: with a visit to their stop, or by a visit of their own."""
        for at, (there, taken) in enumerate(self.loads):
            if there.stop == stop.stop:
                yield replace(self, loads=(*self.loads[:at], (there, taken + parcels), *self.loads[at + 1 :]))
        for at in range(len(self.loads) + 1):
            yield replace(self, loads=(*self.loads[:at], (stop, parcels), *self.loads[at:]))


def begun(places: Sequence[Place], roads: Roads, start: int) -> list[int] | None:
    """When work begins at each place, leaving at `start`; None where somewhere it would be too late."""
    found: list[int] = []
    for at, place in enumerate(places):
        comes = start
        if at:
            before = places[at - 1]
            comes = found[-1] + before.seconds + roads.seconds[before.place, place.place]
        found.append(max(comes, place.first))
        if found[-1] > place.last:
            return None
    return found


def best_start(places: Sequence[Place], roads: Roads) -> int | None:
    """The latest moment to leave and still end as early as anyhow possible, found by trying halves."""
    low = places[0].first
    soonest = begun(places, roads, low)
    if soonest is None:
        return None
    high = soonest[-1]
    while low < high:
        middle = (low + high + 1) // 2
        tried = begun(places, roads, middle)
        if tried is not None and tried[-1] == soonest[-1]:
            low = middle
        else:
            high = middle - 1
    return low
