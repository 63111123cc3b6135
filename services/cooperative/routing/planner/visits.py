"""Stops as visits: one where a vehicle can take all of it, else several of whole parcels."""

from collections.abc import Callable, Iterable, Sequence

from services.cooperative.routing.day import Day, Leg, Parcel, fits
from services.cooperative.routing.planner.trips import Visit

Allowed = Callable[[Sequence[Parcel]], bool]


def visits_of(parcels: Iterable[Parcel], day: Day, leg: Leg, allowed: Allowed) -> list[Visit]:
    """The parcels stop by stop; a visit is as large as `allowed`, which each parcel is by itself."""
    by_stop: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        by_stop.setdefault(str(parcel.stop(leg)), []).append(parcel)
    return [
        Visit(day.stops[stop], packed)
        for stop in sorted(by_stop)
        for packed in _packed(by_stop[stop], allowed)
    ]


def _packed(parcels: list[Parcel], allowed: Allowed) -> list[tuple[Parcel, ...]]:
    """First fit, the heaviest first: seldom one load more than the fewest."""
    if allowed(parcels):
        return [tuple(parcels)]
    loads: list[list[Parcel]] = []
    for parcel in sorted(parcels, key=lambda one: (-one.grams, -one.crates, one.parcel)):
        load = next((load for load in loads if allowed([*load, parcel])), None)
        if load is None:
            loads.append([parcel])
        else:
            load.append(parcel)
    return [tuple(sorted(load, key=lambda one: one.parcel)) for load in loads]


def carried_by_one(day: Day) -> Allowed:
    """Some vehicle can take them at once."""
    return lambda parcels: any(fits(parcels, vehicle) for vehicle in day.vehicles)


def halved(visits: Iterable[Visit], stops: set[str]) -> list[Visit]:
    """The visits of these stops in two parts each, so that smaller room can be used."""
    found = []
    for visit in visits:
        middle = (len(visit.parcels) + 1) // 2 if visit.stop.stop in stops else len(visit.parcels)
        parts = (visit.parcels[:middle], visit.parcels[middle:])
        found += [Visit(visit.stop, part) for part in parts if part]
    return found


def merged(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """One visit where a vehicle would come to the same stop twice in a row."""
    found: list[Visit] = []
    for visit in visits:
        if found and found[-1].stop == visit.stop:
            together = sorted(found[-1].parcels + visit.parcels, key=lambda one: one.parcel)
            found[-1] = Visit(visit.stop, tuple(together))
        else:
            found.append(visit)
    return tuple(found)
