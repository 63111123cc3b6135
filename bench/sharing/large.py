"""One large day: as many lots and orders as asked for, one lot a seller."""

from random import Random
from typing import Any

from bench.sharing.worlds import COMMODITIES, FIRST_DAY, PLENTY, World, day_of_world, lot_of, seller_of

Document = dict[str, Any]


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
    sellers = [seller_of(draw, number, world) for number in range(lots)]
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
    day = day_of_world(draw, world, 0, villages, [], reference)
    scale = world.tonnes * 1000 * PLENTY[world.supply] / sum(one["size"] for one in sellers)
    lots = [
        lot_of(
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
