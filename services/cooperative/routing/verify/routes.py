"""The trips of a plan: who loads what where, in which order; all else of them follows from the day."""

from services.cooperative.routing.day import LEGS, Day, Leg, Parcel, Row, Stop
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.ways import Way

Ways = dict[tuple[Leg, str], Way]
"""By leg and vehicle; of every vehicle, without stops where it is not used."""


def ways_of(day: Day, plan: Row) -> Ways:
    """Raises the first Complaint about a vehicle, a stop or a parcel."""
    collecting = {route["vehicle"] for route in plan["routes"] if route["leg"] == "collect"}
    found: Ways = {
        (leg, one.vehicle): Way(one, leg, (), leg == "deliver" and one.vehicle in collecting)
        for leg in LEGS
        for one in day.vehicles
    }
    aboard: set[tuple[Leg, str]] = set()
    for route in plan["routes"]:
        leg, name = route["leg"], route["vehicle"]
        way = found.get((leg, name))
        if way is None:
            raise Complaint("vehicle", f"the day has no vehicle {name}")
        if way.loads:
            raise Complaint("vehicle", f"{name} has a second trip to {leg}")
        loads = tuple(_load(point, leg, day) for point in route["points"] if point["stop"] is not None)
        if not loads:
            raise Complaint("empty", f"{name} drives to {leg} for no stop")
        found[leg, name] = Way(way.vehicle, leg, loads, way.from_hub)
        for parcel in found[leg, name].freight():
            if (leg, parcel.parcel) in aboard:
                raise Complaint("twice", f"parcel {parcel.parcel} travels twice to {leg}")
            aboard.add((leg, parcel.parcel))
    return found


def _load(point: Row, leg: Leg, day: Day) -> tuple[Stop, tuple[Parcel, ...]]:
    stop = day.stops.get(point["stop"])
    if stop is None or stop.leg != leg:
        raise Complaint("stop", f"the day has no stop {point['stop']} to {leg}")
    names = point["loads" if leg == "collect" else "unloads"]
    if not names:
        raise Complaint("empty", f"nothing is done at {stop.stop}")
    for one in names:
        if one not in day.parcels or day.parcels[one].stop(leg) != stop.stop:
            raise Complaint("parcel", f"no parcel {one} is to {leg} at {stop.stop}")
    return stop, tuple(day.parcels[one] for one in names)
