"""What is not served: that it is told, that it is true, and that the help told would be enough and is no more."""

from dataclasses import replace

from services.cooperative.routing.day import LEGS, Day, Leg, Parcel, Roads, Row, fits
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.help import check_help
from services.cooperative.routing.verify.routes import Ways


def check_unserved(day: Day, plan: Row, ways: Ways, roads: Roads) -> None:
    """Raises the first Complaint."""
    told = _told(day, plan)
    for leg in LEGS:
        carried = {one.parcel for (of, _), way in ways.items() if of == leg for one in way.freight()}
        for parcel in day.of_leg(leg):
            if (parcel.parcel in carried) == ((leg, parcel.parcel) in told):
                where = "both in a trip and unserved" if parcel.parcel in carried else "nowhere"
                raise Complaint("parcel", f"parcel {parcel.parcel} to {leg} is {where}")
    for row in plan["unserved"]:
        for name in row["parcels"]:
            _check_reason(row, day.parcels[name], told, day, ways, roads)
        check_help(row, day, ways, roads)


def _told(day: Day, plan: Row) -> set[tuple[Leg, str]]:
    found: set[tuple[Leg, str]] = set()
    for row in plan["unserved"]:
        if not row["parcels"]:
            raise Complaint("empty", f"nothing is unserved at {row['stop']}, yet it stands there")
        for name in row["parcels"]:
            parcel = day.parcels.get(name)
            if parcel is None or parcel.stop(row["leg"]) != row["stop"]:
                raise Complaint("parcel", f"no parcel {name} is to {row['leg']} at {row['stop']}")
            if (row["leg"], name) in found:
                raise Complaint("twice", f"parcel {name} is unserved twice to {row['leg']}")
            found.add((row["leg"], name))
    return found


def _check_reason(
    row: Row, parcel: Parcel, told: set[tuple[Leg, str]], day: Day, ways: Ways, roads: Roads
) -> None:
    """The first that applies; and that no trip, as it is, could take the parcel too."""
    reason = _reason(row["leg"], parcel, told, day, ways, roads)
    if row["reason"] != reason:
        raise Complaint("reason", f"parcel {parcel.parcel} to {row['leg']} stays as {reason}")
    if reason in ("TOO_BIG", "NOT_COLLECTED"):
        return
    stop = day.stops[row["stop"]]
    for way in (way for (leg, _), way in ways.items() if leg == row["leg"]):
        if any(wider.possible(day, roads) for wider in way.wider(stop, (parcel,))):
            raise Complaint("room", f"{way.vehicle.vehicle} could take parcel {parcel.parcel} to {way.leg}")


def _reason(leg: Leg, parcel: Parcel, told: set[tuple[Leg, str]], day: Day, ways: Ways, roads: Roads) -> str:
    if leg == "deliver" and ("collect", parcel.parcel) in told:
        return "NOT_COLLECTED"
    if not any(fits([parcel], vehicle) for vehicle in day.vehicles):
        return "TOO_BIG"
    stop = day.stops[str(parcel.stop(leg))]
    alone = (replace(way, loads=((stop, (parcel,)),)) for (of, _), way in ways.items() if of == leg)
    return "BUSY" if any(way.possible(day, roads) for way in alone) else "UNREACHABLE"
