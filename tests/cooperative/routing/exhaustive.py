"""The cheapest day there is among those that serve everything and come to each stop once, by trying all of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations, product

from services.cooperative.routing.day import LEGS, Day, Leg, Parcel, Roads, Stop, Vehicle
from services.cooperative.routing.verify.roads import roads
from services.cooperative.routing.verify.ways import Way, begun, best_start

Load = tuple[Stop, tuple[Parcel, ...]]


def cheapest(day: Day) -> int | None:
    """Rupiah; None where not everything can be served so."""
    measured = roads(day)
    sharings = {leg: list(_sharings(_loads(day, leg), day.vehicles)) for leg in LEGS}
    known: dict[tuple[str, Leg, tuple[str, ...], bool], int | None] = {}

    def own(vehicle: Vehicle, leg: Leg, loads: Sequence[Load], both: bool) -> int | None:
        key = vehicle.vehicle, leg, tuple(stop.stop for stop, _ in loads), both
        if key not in known:
            known[key] = _cheapest_order(vehicle, leg, loads, both, day, measured)
        return known[key]

    found = []
    for collecting, delivering in product(sharings["collect"], sharings["deliver"]):
        costs: list[int | None] = []
        for vehicle, taken, brought in zip(day.vehicles, collecting, delivering, strict=True):
            both = bool(taken and brought)
            costs.append(vehicle.fixed_cost if taken or brought else 0)
            costs += [own(vehicle, "collect", taken, both) if taken else 0]
            costs += [own(vehicle, "deliver", brought, both) if brought else 0]
        if None not in costs:
            found.append(sum(one for one in costs if one is not None))
    return min(found, default=None)


def _loads(day: Day, leg: Leg) -> list[Load]:
    stops = [stop for stop in day.stops.values() if stop.leg == leg]
    loads = [(stop, tuple(one for one in day.of_leg(leg) if one.stop(leg) == stop.stop)) for stop in stops]
    return [load for load in loads if load[1]]


def _sharings(loads: Sequence[Load], vehicles: Sequence[Vehicle]) -> Iterator[list[list[Load]]]:
    for choice in product(range(len(vehicles)), repeat=len(loads)):
        yield [
            [load for load, by in zip(loads, choice, strict=True) if by == vehicle]
            for vehicle in range(len(vehicles))
        ]


def _cheapest_order(
    vehicle: Vehicle, leg: Leg, loads: Sequence[Load], both: bool, day: Day, measured: Roads
) -> int | None:
    found = []
    for order in permutations(loads):
        way = Way(vehicle, leg, order, from_hub=both and leg == "deliver")
        if not way.possible(day, measured):
            continue
        places = way.places(day, home=not both)
        start = best_start(places, measured)
        moments = begun(places, measured, start) if start is not None else None
        assert start is not None
        assert moments is not None
        metres = sum(measured.metres[here.place, there.place] for here, there in pairwise(places))
        seconds = moments[-1] + places[-1].seconds - start
        found.append(-(-metres * vehicle.cost_per_km // 1000) - (-seconds * vehicle.cost_per_hour // 3600))
    return min(found, default=None)
