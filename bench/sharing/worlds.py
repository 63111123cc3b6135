"""Seeded worlds: villages, sellers, prices, harvests and orders, day by day. Nothing here looks at a result.

Prices lie around a commodity's reference, each village and seller a little off it; harvests and orders vary from day
to day. `plenty` is supply over demand: sparse 4 (few orders), middle 2, short 1 / 1.1 (a short harvest).
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

Document = dict[str, Any]
PLENTY = {"sparse": 4.0, "middle": 2.0, "short": 1 / 1.1}
COMMODITIES = (("cabai-rawit", 36_000), ("tomat", 12_000), ("bawang-merah", 30_000))
FIRST_DAY = date(2026, 9, 1)
KILO = 1000


@dataclass(frozen=True)
class World:
    """`orders` and `tonnes` are of one day. 50 villages, 12 orders, 4 t is the world of ALLOCATION.md's table."""

    villages: int
    supply: str
    seed: int
    orders: int = 12
    tonnes: float = 4.0
    first_share: int = 250

    @property
    def name(self) -> str:
        return f"{self.villages} villages, {self.supply}, seed {self.seed}"


def size_of(villages: int, supply: str, seed: int) -> World:
    """Orders grow with the villages, down to 2 a day for three."""
    return World(villages, supply, seed, max(2, round(villages * 0.24)), max(0.3, villages * 0.08))


def days(world: World, count: int, prices: dict[str, int] | None = None) -> list[Document]:
    draw = Random(f"{world.villages} {world.supply} {world.seed}")
    reference = {name: (prices or {}).get(name, price) for name, price in COMMODITIES}
    villages = [
        {
            "village": f"V{n:02}",
            "stop_cost": draw.randrange(80, 221) * 1000,
            "haul_cost": draw.randrange(100, 701),
        }
        for n in range(world.villages)
    ]
    sellers = [_seller(draw, number, world) for number in range(world.villages * 8)]
    return [_day(draw, world, number, villages, sellers, reference) for number in range(count)]


def _seller(draw: Random, number: int, world: World) -> Document:
    return {
        "seller": f"S{number:04}",
        "village": f"V{number % world.villages:02}",
        "commodity": draw.choice(COMMODITIES)[0],
        "dear": draw.gauss(0, 0.08),
        "size": draw.lognormvariate(0, 0.6),
        "grade": draw.choices("ABC", (4, 4, 2))[0],
        "minimum": draw.choice((1, 5, 5, 10)) * KILO,
    }


def _day(
    draw: Random,
    world: World,
    number: int,
    villages: list[Document],
    sellers: list[Document],
    reference: dict[str, int],
) -> Document:
    today = FIRST_DAY + timedelta(days=number)
    here = [one for one in sellers if draw.random() < 0.5]
    weights = [one["size"] * draw.lognormvariate(0, 0.4) for one in here]
    scale = world.tonnes * 1000 * PLENTY[world.supply] / max(sum(weights), 1e-9)
    lots = [
        _lot(draw, f"L{place:05}", one, max(1, round(weight * scale)), reference[one["commodity"]], today)
        for place, (one, weight) in enumerate(zip(here, weights, strict=True))
    ]
    return {
        "batch": f"{world.name} {today}",
        "day": today.isoformat(),
        "parameters": {"first_share_permille": world.first_share, "tier_permille": 50, "credit_permille": 80},
        "commodities": [
            {"commodity": name, "unit": "g", "per": KILO, "grades": ["A", "B", "C"], "reference_price": price}
            for name, price in reference.items()
        ],
        "villages": villages,
        "lots": lots,
        "demands": _demands(draw, world.orders, world.tonnes, reference),
        "credits": [],
    }


def _lot(draw: Random, name: str, of: Document, kilos: int, reference: int, today: date) -> Document:
    return {
        "lot": name,
        "seller": of["seller"],
        "village": of["village"],
        "commodity": of["commodity"],
        "grade": of["grade"],
        "quantity": kilos * KILO,
        "step": KILO,
        "minimum": of["minimum"],
        "price": max(100, round(reference * (1 + of["dear"] + draw.gauss(0, 0.03)) / 100) * 100),
        "ready": (today - timedelta(days=draw.randrange(3))).isoformat(),
        "expiry": (today + timedelta(days=draw.randrange(6))).isoformat(),
    }


def _demands(draw: Random, count: int, tonnes: float, reference: dict[str, int]) -> list[Document]:
    weights = [draw.lognormvariate(0, 0.7) for _ in range(count)]
    names = sorted(reference)
    wanted = [draw.choice(names) for _ in weights]
    return [
        {
            "demand": f"D{place:04}",
            "buyer": f"B{place:04}",
            "commodity": wanted[place],
            "grade": draw.choices("ABC", (2, 4, 4))[0],
            "quantity": max(5, round(weight / sum(weights) * tonnes * 1000)) * KILO,
            "cap": round(reference[wanted[place]] * draw.uniform(1.05, 1.4) / 100) * 100,
            "priority": draw.choice((1, 1, 2)),
        }
        for place, weight in enumerate(weights)
    ]


def big(lots: int, orders: int, seed: int = 1) -> Document:
    """One day of so many lots and orders, one lot a seller; 50 to 200 villages, some large and many small."""
    villages = min(200, max(50, lots // 100))
    world = World(villages, "middle", seed, orders, lots * 0.02)
    draw = Random(f"big {lots} {orders} {seed}")
    reference = dict(COMMODITIES)
    places = [
        {
            "village": f"V{n:03}",
            "stop_cost": draw.randrange(80, 221) * 1000,
            "haul_cost": draw.randrange(100, 701),
        }
        for n in range(villages)
    ]
    sellers = [_seller(draw, number, world) for number in range(lots)]
    crowded = [1 / (1 + number) ** 1.5 for number in range(villages)]
    for one, number in zip(sellers, draw.choices(range(villages), crowded, k=lots), strict=True):
        one["village"] = f"V{number:03}"
    return {
        **_day_of_all(draw, world, places, sellers, reference),
        "batch": f"big {lots} x {orders}, seed {seed}",
    }


def _day_of_all(
    draw: Random, world: World, villages: list[Document], sellers: list[Document], reference: dict[str, int]
) -> Document:
    day = _day(draw, world, 0, villages, [], reference)
    scale = world.tonnes * 1000 * PLENTY[world.supply] / sum(one["size"] for one in sellers)
    lots = [
        _lot(
            draw,
            f"L{place:06}",
            one,
            max(1, round(one["size"] * scale)),
            reference[one["commodity"]],
            FIRST_DAY,
        )
        for place, one in enumerate(sellers)
    ]
    return {**day, "lots": lots}


def statistics(of: list[Document]) -> str:
    """What a world is like: lots and kilograms a day, supply over demand, spread of the asks around the reference."""
    reference = {one["commodity"]: one["reference_price"] for one in of[0]["commodities"]}
    supply = sum(one["quantity"] for day in of for one in day["lots"])
    demand = sum(one["quantity"] for day in of for one in day["demands"])
    asks = sorted(one["price"] / reference[one["commodity"]] for day in of for one in day["lots"])
    lots = median(len(day["lots"]) for day in of)
    return (
        f"{len(of)} days, {lots:.0f} lots and {supply / len(of) / 1e6:.2f} t a day offered, "
        f"{demand / len(of) / 1e6:.2f} t ordered; asks p5 {asks[len(asks) // 20]:.2f} median {median(asks):.2f} "
        f"p95 {asks[-len(asks) // 20]:.2f} of the reference"
    )


def prices_of(file: Path) -> dict[str, int]:
    """The median price of each commodity in a public list (columns Komoditas, Harga), where names are alike."""
    found: dict[str, list[int]] = {}
    with file.open(newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            name = row["Komoditas"].strip().lower().replace(" ", "-")
            for known, _ in COMMODITIES:
                if name.startswith(known):
                    found.setdefault(known, []).append(int(row["Harga"]))
    return {name: round(median(held)) for name, held in found.items()}
