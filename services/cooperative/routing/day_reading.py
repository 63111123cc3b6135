"""A day's document as a `Day`, its rows sorted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.cooperative.documents import document
from services.cooperative.routing.day import LEGS, Day, Hub, Parcel, Row, Stop, Vehicle, moment
from services.cooperative.routing.day_checks import IDS, check_day
from services.cooperative.routing.day_shape import SHAPE


def day_of(text: bytes) -> Day:
    """The day in a file. Raises `Malformed`, which says the path in the document and what is allowed there."""
    return day_of_document(document(text))


def day_of_document(plain: Any) -> Day:
    read = SHAPE(plain, "")
    for vehicle in read["vehicles"]:
        vehicle["start"] = vehicle["start"] or read["hub"]["place"]
        vehicle["end"] = vehicle["end"] or read["hub"]["place"]
    check_day(read)
    for kind, key in IDS.items():
        read[kind].sort(key=lambda row, key=key: str(row[key]))
    if read["matrix"]:
        read["matrix"] = _sorted_matrix(read["matrix"])
    return _built(read)


def _sorted_matrix(matrix: Row) -> Row:
    order = sorted(range(len(matrix["places"])), key=lambda at: str(matrix["places"][at]))
    return {
        "places": [matrix["places"][at] for at in order],
        **{kind: [[matrix[kind][a][b] for b in order] for a in order] for kind in ("metres", "seconds")},
    }


def _built(read: Row) -> Day:
    vehicles = [Vehicle(**{key: row[key] for key in Vehicle.__slots__}) for row in read["vehicles"]]
    stops = [
        Stop(leg=leg, **row)
        for leg, kind in zip(LEGS, ("collections", "deliveries"), strict=True)
        for row in read[kind]
    ]
    parcels = [
        Parcel(row["parcel"], row["grams"], row["crates"], row["from"], row["to"]) for row in read["parcels"]
    ]
    return Day(
        Hub(**read["hub"]),
        tuple(vehicles),
        {one.stop: one for one in stops},
        {one.parcel: one for one in parcels},
        read["search"]["iterations"],
        read["search"]["seed"],
        _plain(read),
    )


def _plain(read: Row) -> Row:
    """Without what is absent; times in the day's zone, so that the same moment is written in one way."""
    zone = read["zone"]
    times = {"cut_off", "earliest", "latest", "opens", "closes"}

    def plain(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {inner: plain(one, inner) for inner, one in value.items() if one is not None}
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, date):
            return value.isoformat()
        return moment(value, zone) if key in times else value

    return {key: plain(value, key) for key, value in read.items() if value is not None}
