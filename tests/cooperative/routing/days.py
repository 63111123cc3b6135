"""Days drawn from a seed: small fleets, odd loads, narrow windows, now and then a parcel or a stop out of reach."""

from random import Random
from typing import Any

Document = dict[str, Any]
CUT_OFF = 9 * 3600


def at(seconds: int) -> str:
    hours, rest = divmod(max(0, min(seconds, 86_399)), 3600)
    return f"2026-11-24T{hours:02}:{rest // 60:02}:{rest % 60:02}+07:00"


def day(seed: int, stops: int = 4, vehicles: int = 3, wide: bool = False, iterations: int = 40) -> Document:
    """`stops`: at most so many in each leg; `wide`: windows and shifts that leave time for everything."""
    draw = Random(seed)
    collections = [_stop(draw, f"C{one}", 5, 8, wide) for one in range(draw.randint(1, stops))]
    deliveries = [_stop(draw, f"D{one}", 9, 13, wide) for one in range(draw.randint(1, stops))]
    places = ["HUB", "GARAGE", *(row["place"] for row in collections + deliveries)]
    return {
        "day": "2026-11-24",
        "zone": "WIB",
        "hub": {"place": "HUB", "cut_off": at(CUT_OFF), "unload_seconds": 300, "load_seconds": 600},
        "places": [{"place": one} | _point(draw) for one in dict.fromkeys(places)],
        "vehicles": [_vehicle(draw, f"V{one}", wide) for one in range(draw.randint(1, vehicles))],
        "collections": collections,
        "deliveries": deliveries,
        "parcels": [
            _parcel(draw, f"P{one:02}", collections, deliveries) for one in range(draw.randint(1, 2 * stops))
        ],
        "roads": {"permille": 1300, "speed_kmh": 30},
        "search": {"iterations": iterations, "seed": 7},
    }


def _point(draw: Random) -> Document:
    return {
        "latitude": -7_400_000 + draw.randint(-90_000, 90_000),
        "longitude": 108_770_000 + draw.randint(-90_000, 90_000),
    }


def _stop(draw: Random, name: str, first: int, last: int, wide: bool) -> Document:
    opens = first * 3600 if wide else draw.randint(first * 3600, last * 3600)
    return {
        "stop": name,
        "place": f"{name[0]}-{draw.choice((name, name, 'SHARED'))}",
        "opens": at(opens),
        "closes": at(opens + (10 * 3600 if wide else draw.randint(0, 3 * 3600))),
        "service_seconds": draw.choice((0, 300, 900)),
    }


def _vehicle(draw: Random, name: str, wide: bool) -> Document:
    earliest = 4 * 3600 if wide else draw.randint(4 * 3600, 9 * 3600)
    own: Document = {
        "vehicle": name,
        "grams": draw.choice((400_000, 800_000, 1_500_000)),
        "crates": draw.choice((25, 40, 80)),
        "earliest": at(earliest),
        "latest": at(22 * 3600 if wide else earliest + draw.randint(1, 9) * 3600),
        "fixed_cost": draw.choice((0, 80_000, 250_000)),
        "cost_per_km": draw.choice((1_500, 3_001)),
        "cost_per_hour": draw.choice((0, 17_001)),
    }
    for end in ("start", "end"):
        if draw.random() < 0.4:
            own[end] = "GARAGE"
    return own


def _parcel(draw: Random, name: str, collections: list[Document], deliveries: list[Document]) -> Document:
    own: Document = {
        "parcel": name,
        "grams": draw.choice((10_000, 60_000, 120_000, 350_000, 350_000, 700_000, 700_000, 1_600_000)),
        "crates": draw.choice((0, 3, 12, 30)),
    }
    way = draw.random()
    if way < 0.8:
        own["from"] = draw.choice(collections)["stop"]
    if way > 0.2 or "from" not in own:
        own["to"] = draw.choice(deliveries)["stop"]
    return own


def shuffled(document: Document, seed: int) -> Document:
    """The same day with its rows, keys and matrix in another order."""
    draw = Random(seed)
    rows = [
        (key, draw.sample(value, len(value)) if isinstance(value, list) else value)
        for key, value in document.items()
    ]
    return dict(draw.sample(rows, len(rows)))
