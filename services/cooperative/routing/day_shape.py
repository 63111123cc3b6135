"""The fields of a day's document, read one by one."""

from datetime import datetime
from typing import Any

from services.cooperative.documents import (
    Absent,
    Malformed,
    day,
    listed,
    name,
    number,
    one_of,
    shaped,
)
from services.cooperative.routing.day import ZONES

DAY_SECONDS = 86_400
FARTHEST = 10**7
"""Metres between two places, at most. With the largest costs below, sums stay far from 63 bits."""


def epoch(value: Any, path: str) -> int:
    """A moment with its zone, to the second, as epoch seconds."""
    try:
        found = datetime.fromisoformat(name(value, path))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.microsecond or not 1970 < found.year < 9000:
        raise Malformed(path, "must be a time with its zone, as 2026-11-24T05:30:00+07:00")
    return int(found.timestamp())


_degrees = number(-180_000_000, 180_000_000)
_duration = number(0, DAY_SECONDS)
_stop = shaped(stop=name, place=name, opens=epoch, closes=epoch, service_seconds=_duration)
SHAPE = shaped(
    day=day,
    zone=one_of(*ZONES),
    hub=shaped(place=name, cut_off=epoch, unload_seconds=_duration, load_seconds=_duration),
    places=listed(
        shaped(
            place=name,
            name=Absent(name, None),
            latitude=Absent(number(-90_000_000, 90_000_000), None),
            longitude=Absent(_degrees, None),
        )
    ),
    vehicles=listed(
        shaped(
            vehicle=name,
            name=Absent(name, None),
            grams=number(1, 10**8),
            crates=number(0, 10**6),
            start=Absent(name, None),
            end=Absent(name, None),
            earliest=epoch,
            latest=epoch,
            fixed_cost=number(0, 10**8),
            cost_per_km=number(0, 10**5),
            cost_per_hour=number(0, 10**6),
        )
    ),
    collections=Absent(listed(_stop), []),
    deliveries=Absent(listed(_stop), []),
    parcels=listed(
        shaped(
            parcel=name,
            grams=number(1, 10**8),
            crates=number(0, 10**6),
            **{"from": Absent(name, None), "to": Absent(name, None)},
        )
    ),
    roads=Absent(shaped(permille=number(1000, 10_000), speed_kmh=number(1, 200)), None),
    matrix=Absent(
        shaped(
            places=listed(name),
            metres=listed(listed(number(0, FARTHEST))),
            seconds=listed(listed(number(0, 10 * DAY_SECONDS))),
        ),
        None,
    ),
    search=Absent(
        shaped(iterations=Absent(number(1, 10**6), 1000), seed=Absent(number(0, 2**31), 1)),
        {"iterations": 1000, "seed": 1},
    ),
)
