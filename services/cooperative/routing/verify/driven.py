"""Each trip driven anew: places, moments, loads, metres and rupiah, all of which its stops decide."""

from services.cooperative.routing.day import LEGS, Day, Roads, Row, fits, weight
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.routes import Ways
from services.cooperative.routing.verify.ways import Place, Way, begun, best_start


def check_driven(day: Day, plan: Row, ways: Ways, roads: Roads) -> None:
    """Raises the first Complaint; a vehicle's fixed cost stands in its first trip, collecting before delivering."""
    order = [LEGS.index(route["leg"]) for route in plan["routes"]]
    if order != sorted(order):
        raise Complaint("order", "trips to collect stand before trips to deliver")
    paid: set[str] = set()
    for route in plan["routes"]:
        way = ways[route["leg"], route["vehicle"]]
        who = f"{route['vehicle']} to {route['leg']}"
        if not fits(way.freight(), way.vehicle):
            raise Complaint("room", f"{who}: loads {weight(way.freight())}, more than fits")
        if not way.possible(day, roads):
            raise Complaint("time", f"{who}: cannot be driven within the day's times")
        expected = _route(way, day, ways, roads, route["vehicle"] not in paid)
        paid.add(route["vehicle"])
        _compare(expected, route, who)


def _route(way: Way, day: Day, ways: Ways, roads: Roads, first: bool) -> Row:
    own = way.vehicle
    places = way.places(day, home=not ways["deliver", own.vehicle].loads)
    points = _points(way, places, roads)
    metres = sum(point["metres"] for point in points)
    seconds = points[-1]["departs"] - points[0]["arrives"]
    return {
        "leg": way.leg,
        "vehicle": own.vehicle,
        "points": points,
        "metres": metres,
        "seconds": seconds,
        "cost": {
            "fixed": own.fixed_cost if first else 0,
            "distance": (metres * own.cost_per_km + 999) // 1000,
            "time": (seconds * own.cost_per_hour + 3599) // 3600,
        },
    }


def _points(way: Way, places: list[Place], roads: Roads) -> list[Row]:
    start = best_start(places, roads)
    moments = None if start is None else begun(places, roads, start)
    if start is None or moments is None:
        raise Complaint("time", f"{way.vehicle.vehicle} to {way.leg}: comes too late somewhere")
    rows: list[Row] = []
    aboard: frozenset[str] = frozenset()
    for at, place in enumerate(places):
        before = places[max(0, at - 1)]
        aboard = (aboard | place.takes) - place.gives
        grams, crates = weight([one for one in way.freight() if one.parcel in aboard])
        rows.append(
            {
                "place": place.place,
                "stop": place.stop,
                "metres": roads.metres[before.place, place.place],
                "arrives": rows[-1]["departs"] + roads.seconds[before.place, place.place] if rows else start,
                "begins": moments[at],
                "departs": moments[at] + place.seconds,
                "loads": sorted(place.takes),
                "unloads": sorted(place.gives),
                "grams": grams,
                "crates": crates,
            }
        )
    return rows


def _compare(expected: Row, told: Row, who: str) -> None:
    if len(told["points"]) != len(expected["points"]):
        raise Complaint("points", f"{who}: must have {len(expected['points'])} points")
    for at, (should, one) in enumerate(zip(expected["points"], told["points"], strict=True)):
        for key, value in should.items():
            if one[key] != value:
                raise Complaint(key, f"{who}: points[{at}].{key} must be {value}, is {one[key]}")
    for key in ("metres", "seconds", "cost"):
        if told[key] != expected[key]:
            raise Complaint(key, f"{who}: {key} must be {expected[key]}, is {told[key]}")
