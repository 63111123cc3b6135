"""What the rows of a day's document say of each other: ids, places, spans, stops, distances."""

from collections.abc import Iterable

from services.cooperative.documents import Malformed
from services.cooperative.routing.day import Row
from services.cooperative.routing.day_shape import DAY_SECONDS

IDS = {
    "places": "place",
    "vehicles": "vehicle",
    "collections": "stop",
    "deliveries": "stop",
    "parcels": "parcel",
}


def check_day(read: Row) -> None:
    """Raises `Malformed` at the first place that cannot be."""
    for kind, key in IDS.items():
        _no_two([row[key] for row in read[kind]], kind)
    both = [row["stop"] for row in read["collections"] + read["deliveries"]]
    _no_two(both, "deliveries", len(read["collections"]))
    if not read["vehicles"]:
        raise Malformed("vehicles", "must name at least one")
    _check_places(read)
    _check_spans(read)
    _check_parcels(read)
    _check_distances(read)


def _no_two(ids: Iterable[str], path: str, before: int = 0) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            raise Malformed(f"{path}[{place - before}]", f"must not be a second {one}")
        seen.add(one)


def _check_places(read: Row) -> None:
    known = {row["place"] for row in read["places"]}
    named = [(read["hub"]["place"], "hub.place")]
    for kind in ("collections", "deliveries"):
        named += [(row["place"], f"{kind}[{at}].place") for at, row in enumerate(read[kind])]
    for end in ("start", "end"):
        named += [(row[end], f"vehicles[{at}].{end}") for at, row in enumerate(read["vehicles"])]
    for place, path in named:
        if place not in known:
            raise Malformed(path, "must be a place of `places`")


def _check_spans(read: Row) -> None:
    kinds = (
        ("vehicles", "earliest", "latest"),
        ("collections", "opens", "closes"),
        ("deliveries", "opens", "closes"),
    )
    for kind, first, last in kinds:
        for at, row in enumerate(read[kind]):
            if row[last] < row[first]:
                raise Malformed(f"{kind}[{at}].{last}", f"must not be before {first}")
            for key in (first, last):
                if abs(row[key] - read["hub"]["cut_off"]) > 30 * DAY_SECONDS:
                    raise Malformed(f"{kind}[{at}].{key}", "must be within 30 days of hub.cut_off")


def _check_parcels(read: Row) -> None:
    for end, kind in (("from", "collections"), ("to", "deliveries")):
        known = {row["stop"] for row in read[kind]}
        for at, row in enumerate(read["parcels"]):
            if row[end] is not None and row[end] not in known:
                raise Malformed(f"parcels[{at}].{end}", f"must be a stop of `{kind}`")
    for at, row in enumerate(read["parcels"]):
        if row["from"] is None and row["to"] is None:
            raise Malformed(f"parcels[{at}]", "must have `from`, `to` or both")


def _check_distances(read: Row) -> None:
    if (read["roads"] is None) == (read["matrix"] is None):
        raise Malformed("", "must have either `roads` or `matrix`")
    if read["matrix"] is not None:
        _check_matrix(read["matrix"], {row["place"] for row in read["places"]})
        return
    for at, row in enumerate(read["places"]):
        for key in ("latitude", "longitude"):
            if row[key] is None:
                raise Malformed(f"places[{at}].{key}", "is missing: `roads` are measured from it")


def _check_matrix(matrix: Row, places: set[str]) -> None:
    _no_two(matrix["places"], "matrix.places")
    if set(matrix["places"]) != places:
        raise Malformed("matrix.places", "must be the places of `places`")
    for kind in ("metres", "seconds"):
        if len(matrix[kind]) != len(places):
            raise Malformed(f"matrix.{kind}", f"must have {len(places)} rows, one for each place")
        for at, row in enumerate(matrix[kind]):
            if len(row) != len(places):
                raise Malformed(f"matrix.{kind}[{at}]", f"must have {len(places)} numbers")
            if row[at]:
                raise Malformed(f"matrix.{kind}[{at}][{at}]", "must be 0, from a place to itself")
