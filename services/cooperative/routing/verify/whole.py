"""The whole check, in one order: the first thing that is false is the complaint."""

from services.cooperative.routing.day import Day, Row, digest
from services.cooperative.routing.day_reading import day_of
from services.cooperative.routing.plan_reading import plan_of
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.driven import check_driven
from services.cooperative.routing.verify.roads import roads
from services.cooperative.routing.verify.routes import ways_of
from services.cooperative.routing.verify.unserved import check_unserved


def first_complaint(day: bytes, plan: bytes) -> Complaint | None:
    """Read both files and check; raises `Malformed` for what is no day or no plan."""
    read = day_of(day)
    try:
        verify(read, plan_of(plan))
    except Complaint as complaint:
        return complaint
    return None


def verify(day: Day, plan: Row) -> None:
    """Raises the first Complaint."""
    _check_head(day, plan)
    ways, measured = ways_of(day, plan), roads(day)
    check_driven(day, plan, ways, measured)
    check_unserved(day, plan, ways, measured)
    totals = {
        "metres": sum(route["metres"] for route in plan["routes"]),
        "seconds": sum(route["seconds"] for route in plan["routes"]),
        "cost": sum(sum(route["cost"].values()) for route in plan["routes"]),
    }
    if plan["totals"] != totals:
        raise Complaint("totals", f"totals must be {totals}")


def _check_head(day: Day, plan: Row) -> None:
    """The hashes, and what is copied from the day."""
    head = {
        "day_hash": digest(day.plain),
        "output_hash": digest(plan["plain"]),
        "day": day.plain["day"],
        "zone": day.plain["zone"],
        "hub": day.hub.place,
        "names": _names(day),
    }
    for key, value in head.items():
        if plan[key] != value:
            raise Complaint(key, f"{key} must be {value}")
    for key, value in (("iterations", day.iterations), ("seed", day.seed)):
        if plan["engine"][key] != value:
            raise Complaint("engine", f"engine.{key} must be {value}, as the day says")


def _names(day: Day) -> Row:
    called = {row["place"]: row.get("name", row["place"]) for row in day.plain["places"]}
    return {
        "places": called,
        "stops": {name: called[stop.place] for name, stop in day.stops.items()},
        "vehicles": {row["vehicle"]: row.get("name", row["vehicle"]) for row in day.plain["vehicles"]},
    }
