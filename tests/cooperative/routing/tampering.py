"""Ways to falsify a plan, each followed by a new hash, so that only what the plan says can give it away."""

from copy import deepcopy
from datetime import datetime, timedelta
from random import Random

from services.cooperative.routing.day import digest
from tests.cooperative.routing.days import Document

MOMENTS = ("arrives", "begins", "departs")


def moment_moved(plan: Document, draw: Random) -> bool:
    if not plan["routes"]:
        return False
    point = draw.choice(draw.choice(plan["routes"])["points"])
    _move(point, draw.choice(MOMENTS), draw.choice((-600, -1, 1, 60, 3600)))
    return True


def trip_moved(plan: Document, draw: Random) -> bool:
    """The whole trip sooner or later."""
    if not plan["routes"]:
        return False
    seconds = draw.choice((-1800, -60, 60, 1800))
    for point in draw.choice(plan["routes"])["points"]:
        for key in MOMENTS:
            _move(point, key, seconds)
    return True


def _move(point: Document, key: str, seconds: int) -> None:
    point[key] = (datetime.fromisoformat(point[key]) + timedelta(seconds=seconds)).isoformat()


def way_shortened(plan: Document, draw: Random) -> bool:
    """Fewer metres, in every sum."""
    if not plan["routes"]:
        return False
    route = draw.choice(plan["routes"])
    point = draw.choice(route["points"][1:])
    for row in (point, route, plan["totals"]):
        row["metres"] += 1
    return True


def cost_changed(plan: Document, draw: Random) -> bool:
    """Money, in the sum too."""
    if not plan["routes"]:
        return False
    part, more = draw.choice(("fixed", "distance", "time")), draw.choice((1, 1000))
    draw.choice(plan["routes"])["cost"][part] += more
    plan["totals"]["cost"] += more
    return True


def parcel_dropped(plan: Document, draw: Random) -> bool:
    """A parcel is in no trip and not unserved either."""
    stops = [point for route in plan["routes"] for point in route["points"] if len(_parcels(point)) > 1]
    if not stops:
        return False
    point = draw.choice(stops)
    _parcels(point).pop(draw.randrange(len(_parcels(point))))
    return True


def parcel_twice(plan: Document, draw: Random) -> bool:
    stops = [point for route in plan["routes"] for point in route["points"] if "stop" in point]
    if len(stops) < 2:
        return False
    one, other = draw.sample(stops, 2)
    _parcels(other).append(draw.choice(_parcels(one)))
    return True


def _parcels(point: Document) -> list[str]:
    if "stop" not in point:
        return []
    found: list[str] = point["loads"] or point["unloads"]
    return found


def stops_swapped(plan: Document, draw: Random) -> bool:
    routes = [route for route in plan["routes"] if sum("stop" in point for point in route["points"]) > 1]
    if not routes:
        return False
    points = draw.choice(routes)["points"]
    one, other = draw.sample([at for at, point in enumerate(points) if "stop" in point], 2)
    points[one], points[other] = points[other], points[one]
    return True


def load_changed(plan: Document, draw: Random) -> bool:
    if not plan["routes"]:
        return False
    draw.choice(draw.choice(plan["routes"])["points"])[draw.choice(("grams", "crates"))] += 1
    return True


def trip_hidden(plan: Document, draw: Random) -> bool:
    """A trip is gone, from the sums too."""
    if not plan["routes"]:
        return False
    _gone(plan, plan["routes"].pop(draw.randrange(len(plan["routes"]))))
    return True


def trip_refused(plan: Document, draw: Random) -> bool:
    """The vehicle stays at home, and its parcels are said to be too much."""
    last = [route for route in plan["routes"] if route["leg"] == "deliver"]
    if not last:
        return False
    route = draw.choice(last)
    plan["routes"].remove(route)
    _gone(plan, route)
    help_told = [{"kind": "VEHICLE", "vehicle": route["vehicle"]}]
    plan["unserved"] += [
        {
            "leg": "deliver",
            "stop": point["stop"],
            "parcels": point["unloads"],
            "reason": "BUSY",
            "help": help_told,
        }
        for point in route["points"]
        if "stop" in point
    ]
    return True


def _gone(plan: Document, route: Document) -> None:
    plan["totals"]["metres"] -= route["metres"]
    plan["totals"]["seconds"] -= route["seconds"]
    plan["totals"]["cost"] -= sum(route["cost"].values())


def unserved_hidden(plan: Document, draw: Random) -> bool:
    if not plan["unserved"]:
        return False
    plan["unserved"].pop(draw.randrange(len(plan["unserved"])))
    return True


def reason_changed(plan: Document, draw: Random) -> bool:
    if not plan["unserved"]:
        return False
    row = draw.choice(plan["unserved"])
    reasons = {"TOO_BIG", "NOT_COLLECTED", "UNREACHABLE", "BUSY"} - {row["reason"]}
    row["reason"] = draw.choice(sorted(reasons))
    return True


def help_changed(plan: Document, draw: Random) -> bool:
    """One number of one help by one, up or down: too much or not enough."""
    told = [
        (one, key)
        for row in plan["unserved"]
        for one in row["help"]
        for key, value in one.items()
        if isinstance(value, int)
    ]
    if not told:
        return False
    one, key = draw.choice(told)
    one[key] += 1 if one[key] < 2 else draw.choice((-1, 1))
    return True


def help_hidden(plan: Document, draw: Random) -> bool:
    rows = [row for row in plan["unserved"] if row["help"]]
    if not rows:
        return False
    draw.choice(rows)["help"] = []
    return True


def home_left_out(plan: Document, draw: Random) -> bool:
    """The last point of a trip is gone, from the sums too."""
    if not plan["routes"]:
        return False
    route = draw.choice(plan["routes"])
    point = route["points"].pop()
    route["metres"] -= point["metres"]
    plan["totals"]["metres"] -= point["metres"]
    return True


def head_changed(plan: Document, draw: Random) -> bool:
    key = draw.choice(("day", "zone", "hub", "iterations", "name", "day_hash"))
    if key == "iterations":
        plan["engine"]["iterations"] += 1
    elif key == "name":
        plan["names"]["vehicles"][draw.choice(sorted(plan["names"]["vehicles"]))] += "!"
    else:
        plan[key] = {"day": "2026-11-25", "zone": "WIT", "hub": "GARAGE", "day_hash": "0" * 64}[key]
    return True


def hash_changed(plan: Document, draw: Random) -> bool:
    place = draw.randrange(64)
    old = plan["output_hash"]
    plan["output_hash"] = old[:place] + ("0" if old[place] != "0" else "1") + old[place + 1 :]
    return True


WAYS = (
    moment_moved,
    trip_moved,
    way_shortened,
    cost_changed,
    parcel_dropped,
    parcel_twice,
    stops_swapped,
    load_changed,
    trip_hidden,
    trip_refused,
    unserved_hidden,
    reason_changed,
    help_changed,
    help_hidden,
    home_left_out,
    head_changed,
    hash_changed,
)


def tampered(plan: Document, seed: int) -> tuple[str, Document] | None:
    """The way and the falsified plan; None where this plan cannot be falsified so."""
    draw, way, copy = Random(seed), WAYS[seed % len(WAYS)], deepcopy(plan)
    if not way(copy, draw):
        return None
    if way is not hash_changed:
        copy["output_hash"] = digest(copy)
    return way.__name__, copy
