"""What a day may say, and that everything else is refused with its place."""

import json
from typing import Any

import pytest

from services.cooperative.documents import Malformed
from services.cooperative.routing.day_reading import day_of
from tests.cooperative.routing.days import Document, day


def _raw(document: Document) -> bytes:
    return json.dumps(document).encode()


def _changed(path: str, value: Any) -> bytes:
    document = day(2, wide=True)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = document
    for part in way:
        place = place[part]
    place[last] = value
    return _raw(document)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("day", "24-11-2026", "day: must be a day, as 2026-11-27"),
        ("zone", "UTC", "zone: must be one of WIB, WITA, WIT"),
        ("hub.cut_off", "2026-11-24T09:00:00", "hub.cut_off: must be a time with its zone"),
        ("hub.place", "NOWHERE", "hub.place: must be a place of `places`"),
        ("places.0.latitude", 7.4, "places[0].latitude: whole numbers only"),
        ("places.0.latitude", 90_000_001, "places[0].latitude: must be a whole number from"),
        ("places.0.latitude", None, "places[0].latitude: must be a whole number from"),
        ("vehicles", [], "vehicles: must name at least one"),
        ("vehicles.0.grams", 0, "vehicles[0].grams: must be a whole number from 1"),
        ("vehicles.0.latest", "2026-11-23T09:00:00+07:00", "vehicles[0].latest: must not be before earliest"),
        ("vehicles.0.start", "NOWHERE", "vehicles[0].start: must be a place of `places`"),
        ("collections.0.place", "NOWHERE", "collections[0].place: must be a place"),
        ("collections.0.opens", "2025-11-24T05:00:00+07:00", "collections[0].opens: must be within 30 days"),
        ("deliveries.0.stop", "C0", "deliveries[0]: must not be a second C0"),
        ("parcels.0.from", "NOWHERE", "parcels[0].from: must be a stop of `collections`"),
        ("parcels.0", {"parcel": "P", "grams": 1, "crates": 1}, "parcels[0]: must have `from`, `to` or both"),
        ("parcels.0.grams", True, "parcels[0].grams: must be a whole number"),
        ("roads.permille", 999, "roads.permille: must be a whole number from 1000"),
        ("search", {"iterations": 0}, "search.iterations: must be a whole number from 1"),
        ("matrix", {"places": [], "metres": [], "seconds": []}, "must have either `roads` or `matrix`"),
    ],
)
def test_what_no_day_may_say_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    with pytest.raises(Malformed) as refused:
        day_of(_changed(path, value))

    assert str(refused.value).startswith(said)


def _with_matrix(**changes: Any) -> bytes:
    document = day(2, wide=True)
    del document["roads"]
    names = [row["place"] for row in document["places"]]
    square = [[0 if a == b else 1000 for b in names] for a in names]
    return _raw(document | {"matrix": {"places": names, "metres": square, "seconds": square} | changes})


def test_a_matrix_must_fit_the_places() -> None:
    assert day_of(_with_matrix())
    for changes, said in (
        ({"places": ["HUB"]}, "matrix.places: must be the places of `places`"),
        ({"metres": [[0]]}, "matrix.metres: must have"),
        ({"seconds": [[0]] * len(day(2, wide=True)["places"])}, "matrix.seconds[0]: must have"),
    ):
        with pytest.raises(Malformed) as refused:
            day_of(_with_matrix(**changes))
        assert str(refused.value).startswith(said)


def test_the_same_moment_in_another_zone_is_the_same_day() -> None:
    document = day(2, wide=True)
    elsewhere = json.loads(json.dumps(document).replace("T09:00:00+07:00", "T02:00:00+00:00"))

    assert elsewhere != document
    assert day_of(_raw(elsewhere)) == day_of(_raw(document))
