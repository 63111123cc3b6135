"""The plan of a day as a document: trips, what they cost, what is not served, and its hash."""

from collections.abc import Sequence
from importlib.metadata import version

from services.cooperative.routing.day import LEGS, Day, Parcel, Roads, Row, digest, moment, weight
from services.cooperative.routing.planner.legs import Legs, planned_legs
from services.cooperative.routing.planner.roads import roads
from services.cooperative.routing.planner.trips import Driven, driven
from services.cooperative.routing.planner.unserved import unserved

NAME, VERSION = "two-legs", "1"


def plan(day: Day) -> Row:
    """The same day gives the same plan: PyVRP is stopped by the day's iterations and begins from its seed."""
    ways = roads(day)
    legs = planned_legs(day, ways)
    routes = _routes(legs, day, ways)
    found: Row = {
        "engine": {
            "name": NAME,
            "version": VERSION,
            "solver": f"pyvrp {version('pyvrp')}",
            "iterations": day.iterations,
            "seed": day.seed,
        },
        "day": day.plain["day"],
        "zone": day.plain["zone"],
        "hub": day.hub.place,
        "names": _names(day),
        "day_hash": digest(day.plain),
        "routes": routes,
        "unserved": unserved(legs, day, ways),
        "totals": _totals(routes),
    }
    return {**found, "output_hash": digest(found)}


def _names(day: Day) -> dict[str, dict[str, str]]:
    """What people call places, stops and vehicles; ids where they have no name."""
    places = {row["place"]: row.get("name", row["place"]) for row in day.plain["places"]}
    return {
        "places": places,
        "stops": {stop.stop: places[stop.place] for stop in day.stops.values()},
        "vehicles": {row["vehicle"]: row.get("name", row["vehicle"]) for row in day.plain["vehicles"]},
    }


def _routes(legs: Legs, day: Day, ways: Roads) -> list[Row]:
    """Leg by leg, vehicle by vehicle; a vehicle's fixed cost stands in the first of its trips."""
    found, paid = [], set()
    for trip in (one for leg in LEGS for one in legs.trips[leg] if one.visits):
        one = driven(trip, day, ways, legs.delivering())
        fixed = 0 if trip.vehicle.vehicle in paid else trip.vehicle.fixed_cost
        paid.add(trip.vehicle.vehicle)
        found.append(
            {
                "leg": trip.leg,
                "vehicle": trip.vehicle.vehicle,
                "points": _points(one, day, ways),
                "metres": one.metres,
                "seconds": one.seconds,
                "cost": {"fixed": fixed, "distance": one.distance_cost, "time": one.time_cost},
            }
        )
    return found


def _points(way: Driven, day: Day, ways: Roads) -> list[Row]:
    """`metres`: from the point before. `grams`, `crates`: the load when it leaves."""
    rows: list[Row] = []
    aboard: list[Parcel] = []
    before, zone = way.points[0].place, day.plain["zone"]
    for point, times in zip(way.points, way.times, strict=True):
        aboard = [*(one for one in aboard if one not in point.unloads), *point.loads]
        grams, crates = weight(aboard)
        rows.append(
            {
                "place": point.place,
                **({"stop": point.stop.stop} if point.stop else {}),
                "metres": ways.metres[before, point.place],
                "arrives": moment(times.arrives, zone),
                "begins": moment(times.begins, zone),
                "departs": moment(times.departs, zone),
                "loads": sorted(one.parcel for one in point.loads),
                "unloads": sorted(one.parcel for one in point.unloads),
                "grams": grams,
                "crates": crates,
            }
        )
        before = point.place
    return rows


def _totals(routes: Sequence[Row]) -> Row:
    return {
        "metres": sum(route["metres"] for route in routes),
        "seconds": sum(route["seconds"] for route in routes),
        "cost": sum(sum(route["cost"].values()) for route in routes),
    }
