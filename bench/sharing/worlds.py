"""Seeded worlds: villages, sellers, prices, harvests and orders, day by day. Nothing here looks at a result.

Prices lie around a commodity's reference, each village and seller a little off it; harvests and orders vary from day
to day. `plenty` is supply over demand: sparse 4 (few orders), middle 2, short 1 / 1.1 (a short harvest).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
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
    sellers = [seller_of(draw, number, world) for number in range(world.villages * 8)]
    return [day_of_world(draw, world, number, villages, sellers, reference) for number in range(count)]


def seller_of(draw: Random, number: int, world: World) -> Document:
    return {
        "seller": f"S{number:04}",
        "village": f"V{number % world.villages:02}",
        "commodity": draw.choice(COMMODITIES)[0],
        "dear": draw.gauss(0, 0.08),
        "size": draw.lognormvariate(0, 0.6),
        "grade": draw.choices("ABC", (4, 4, 2))[0],
        "minimum": draw.choice((1, 5, 5, 10)) * KILO,
    }


def day_of_world(
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
        lot_of(draw, f"L{place:05}", one, max(1, round(weight * scale)), reference[one["commodity"]], today)
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


def lot_of(draw: Random, name: str, of: Document, kilos: int, reference: int, today: date) -> Document:
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
