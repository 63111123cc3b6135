"""Each help told, tried: the day is changed by it, and the parcels must then go in; by less they must not."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from services.cooperative.routing.day import Day, Parcel, Roads, Row, Stop, weight
from services.cooperative.routing.plan_reading import LIMITS
from services.cooperative.routing.verify.complaint import Complaint
from services.cooperative.routing.verify.routes import Ways
from services.cooperative.routing.verify.ways import Way


def check_help(row: Row, day: Day, ways: Ways, roads: Roads) -> None:
    """Raises the first Complaint about the help of one row of what is unserved."""
    parcels = tuple(day.parcels[name] for name in row["parcels"])
    if row["reason"] == "NOT_COLLECTED":
        if row["help"]:
            raise Complaint(
                "help", f"what did not come to the hub for {row['stop']} is helped by its collecting"
            )
        return
    if not row["help"]:
        raise Complaint("help", f"nothing is told that would help at {row['stop']}")
    for one in row["help"]:
        if row["reason"] == "TOO_BIG":
            _check_bigger(row, one, parcels)
        else:
            _check_change(row, one, parcels, day, ways, roads)


def _check_bigger(row: Row, told: Row, parcels: tuple[Parcel, ...]) -> None:
    if told["kind"] != "BIGGER" or (told["grams"], told["crates"]) != weight(parcels):
        raise Complaint("help", f"{row['stop']} needs a vehicle for {weight(parcels)}")


@dataclass(frozen=True, slots=True)
class Change:
    """What a help moves, in minutes, and what it adds to a vehicle's room."""

    closes: int = 0
    cut_off: int = 0
    latest: int = 0
    earliest: int = 0
    grams: int = 0
    crates: int = 0

    def less(self) -> Iterator["Change"]:
        """The same with one of its numbers smaller by one."""
        for key, value in asdict(self).items():
            if value:
                yield replace(self, **{key: value - 1})


def _check_change(
    row: Row, told: Row, parcels: tuple[Parcel, ...], day: Day, ways: Ways, roads: Roads
) -> None:
    way = ways.get((row["leg"], str(told["vehicle"])))
    where = f"{told['kind']} at {row['stop']}"
    change = Change(**{key: told[key] or 0 for key in Change.__slots__})
    minutes, room = sum(getattr(change, limit) for limit in LIMITS), change.grams + change.crates
    if way is None or told["kind"] == "BIGGER" or (minutes if told["kind"] == "ROOM" else room):
        raise Complaint("help", f"{where} is no help here")
    if told["kind"] == "VEHICLE":
        way = replace(way, loads=(), from_hub=False)
    stop = day.stops[row["stop"]]
    if not _enough(change, way, stop, parcels, day, roads):
        raise Complaint("help", f"{where} would not be enough")
    if any(_enough(less, way, stop, parcels, day, roads) for less in change.less()):
        raise Complaint("help", f"{where} is more than is needed")


def _enough(
    change: Change, way: Way, stop: Stop, parcels: tuple[Parcel, ...], day: Day, roads: Roads
) -> bool:
    """Whether the parcels could go in if the day were so."""
    eased = replace(stop, closes=stop.closes + 60 * change.closes)
    hub = replace(day.hub, cut_off=day.hub.cut_off + 60 * change.cut_off)
    vehicle = replace(
        way.vehicle,
        grams=way.vehicle.grams + change.grams,
        crates=way.vehicle.crates + change.crates,
        earliest=way.vehicle.earliest - 60 * change.earliest,
        latest=way.vehicle.latest + 60 * change.latest,
    )
    loads = tuple((eased if there.stop == stop.stop else there, taken) for there, taken in way.loads)
    changed = replace(way, vehicle=vehicle, loads=loads)
    return any(one.possible(replace(day, hub=hub), roads) for one in changed.wider(eased, parcels))
