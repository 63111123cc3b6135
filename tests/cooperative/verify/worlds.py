"""Seeded small worlds for the verifier's tests: crowded prices, two villages, classes, credits carried in."""

from random import Random

from tests.cooperative.verify.batches import Document, batch, demand, lot

VILLAGES = ("V1", "V2")


def tiny(seed: int) -> Document:
    """At most four lots of at most four units, steps and minimums of 1: small enough for every vector to be tried."""
    draw = Random(seed)
    lots = [
        lot(
            f"L{number}",
            f"S{draw.randint(0, 2)}",
            draw.randint(0, 4),
            draw.choice([900, 1000, 1040, 1060, 1200]),
            village=draw.choice(VILLAGES),
        )
        for number in range(draw.randint(1, 4))
    ]
    demands = [
        demand(
            f"D{number}",
            draw.randint(1, 6),
            draw.choice([950, 1000, 1100, 2000]),
            priority=draw.choice([1, 1, 2]),
        )
        for number in range(draw.randint(0, 3))
    ]
    return batch(
        lots,
        demands,
        villages=[
            {"village": one, "stop_cost": draw.choice([0, 0, 500, 10**5]), "haul_cost": draw.choice([0, 30])}
            for one in VILLAGES
        ],
        credits=[
            {"seller": f"S{number}", "commodity": "egg", "amount": draw.randint(-3, 5)}
            for number in range(3)
            if draw.random() < 0.5
        ],
        parameters={
            "first_share_permille": draw.choice([0, 250, 500, 1000]),
            "tier_permille": draw.choice([0, 50, 200]),
            "credit_permille": draw.choice([0, 80, 1000]),
        },
    )


def stepped(seed: int) -> Document:
    """Grades, dates, certificates, steps and minimums; some tens of lots."""
    draw = Random(seed)
    lots = [
        lot(
            f"L{number}",
            f"S{draw.randint(0, 9)}",
            draw.randint(0, 40),
            draw.choice([900, 990, 1000, 1040, 1060, 1200]),
            village=draw.choice(VILLAGES),
            step=draw.choice([1, 2, 5]),
            minimum=draw.choice([1, 1, 4, 10]),
            grade=draw.choice("AB"),
            certificates=draw.choice([[], [], ["organic"]]),
            expiry=draw.choice(["2026-11-26", "2026-11-27", "2026-11-29", "2026-12-01"]),
        )
        for number in range(draw.randint(1, 25))
    ]
    demands = [
        demand(
            f"D{number}",
            draw.randint(1, 80),
            draw.choice([950, 1000, 1100, 2000]),
            grade=draw.choice("AB"),
            certificates=draw.choice([[], [], [], ["organic"]]),
            priority=draw.choice([1, 1, 2]),
        )
        for number in range(draw.randint(0, 6))
    ]
    world = tiny(seed)
    egg = {"commodity": "egg", "unit": "butir", "per": 1, "grades": ["A", "B"], "reference_price": 1000}
    return {**world, "lots": lots, "demands": demands, "commodities": [egg]}


def dated(seed: int) -> Document:
    """As `stepped`, of three sellers whose lots differ in nothing but quantities and dates; some have none."""
    world, draw = stepped(seed), Random(seed)
    kinds: dict[str, Document] = {}
    for one in world["lots"]:
        one["seller"] = f"S{int(one['seller'][1:]) % 3}"
        same = {name: value for name, value in one.items() if name not in ("lot", "quantity", "expiry")}
        one |= kinds.setdefault(one["seller"], same)
        if draw.random() < 0.3:
            del one["expiry"]
    return world


def in_units(world: Document) -> Document:
    """The same with every step and minimum 1."""
    return {**world, "lots": [{**one, "step": 1, "minimum": 1} for one in world["lots"]]}


def answers(record: Document, draw: Random) -> Document:
    """CHANGES in which some lines are answered in every way, and some still wait."""
    stands: dict[tuple[str, str], int] = {}
    for row in (*record["confirmed"], *record["lines"]):
        place = row["lot"], row["demand"]
        stands[place] = stands.get(place, 0) + row["quantity"]
    changes: list[Document] = []
    for (of, to), quantity in sorted(stands.items()):
        kind = draw.choice(["", "accepted", "reduced", "declined", "lapsed", "short"])
        if kind:
            change = {"lot": of, "demand": to, "kind": kind}
            left = {"quantity": draw.randrange(quantity)} if kind in ("reduced", "short") else {}
            changes.append({**change, **left})
    return {"changes": changes}
