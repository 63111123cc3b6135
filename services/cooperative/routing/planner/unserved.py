"""Why parcels stay, stop by stop, and the smallest changes each of which would let them go."""

from collections.abc import Sequence

from services.cooperative.routing.day import LEGS, Day, Leg, Parcel, Roads, Row
from services.cooperative.routing.planner.fleet import Fleet
from services.cooperative.routing.planner.help import all_help, bigger
from services.cooperative.routing.planner.legs import Legs, reached_alone
from services.cooperative.routing.planner.repair import all_trips
from services.cooperative.routing.planner.trips import Trip, Visit
from services.cooperative.routing.planner.visits import Allowed, carried_by_one, visits_of


def unserved(legs: Legs, day: Day, roads: Roads) -> list[Row]:
    """A row for what one vehicle could take at once, by leg and stop.

    TOO_BIG: no vehicle can carry the parcel. NOT_COLLECTED: it did not come to the hub. UNREACHABLE: no vehicle that
    can carry it comes in time, even with nothing else to do. BUSY: the vehicles have no room or no time left.
    """
    missing = frozenset(one.parcel for one in legs.left["collect"])
    at_hub = frozenset(one.vehicle.vehicle for one in legs.trips["collect"] if one.visits)
    rows = [
        *_of_leg("collect", legs, day, roads, Fleet(), frozenset()),
        *_of_leg("deliver", legs, day, roads, Fleet(at_hub=at_hub), missing),
    ]
    return sorted(rows, key=lambda row: (LEGS.index(row["leg"]), row["stop"], row["parcels"]))


def _of_leg(leg: Leg, legs: Legs, day: Day, roads: Roads, fleet: Fleet, missing: frozenset[str]) -> list[Row]:
    empty = all_trips((), day, leg, fleet)
    carried, reached = carried_by_one(day), reached_alone(empty, day, roads)
    by_reason: dict[str, list[Parcel]] = {}
    for parcel in legs.left[leg]:
        reason = "NOT_COLLECTED" if parcel.parcel in missing else _reason(parcel, carried, reached)
        by_reason.setdefault(reason, []).append(parcel)
    together: dict[str, Allowed] = {
        "TOO_BIG": lambda parcels: len(parcels) == 1,
        "NOT_COLLECTED": lambda _parcels: True,
        "UNREACHABLE": carried,
        "BUSY": reached,
    }
    return [
        {
            "leg": leg,
            "stop": visit.stop.stop,
            "parcels": sorted(parcel.parcel for parcel in visit.parcels),
            "reason": reason,
            "help": _help(reason, visit, legs.trips[leg], day, roads),
        }
        for reason, parcels in by_reason.items()
        for visit in visits_of(parcels, day, leg, together[reason])
    ]


def _reason(parcel: Parcel, carried: Allowed, reached: Allowed) -> str:
    if not carried([parcel]):
        return "TOO_BIG"
    return "BUSY" if reached([parcel]) else "UNREACHABLE"


def _help(reason: str, visit: Visit, trips: Sequence[Trip], day: Day, roads: Roads) -> list[Row]:
    if reason == "NOT_COLLECTED":
        return []
    return [bigger(visit)] if reason == "TOO_BIG" else all_help(visit, trips, day, roads)
