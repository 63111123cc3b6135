"""Seeded days as a cooperative has them: chilli by the kilogram, eggs by the piece; so much that ties are rare.

A plain day: a lot is a seller, steps and minimums are 1, stops are free, nothing is carried over. Then what is given is
the hak, and what a sentence says about a change can be held to the gram.
"""

from random import Random

from tests.cooperative.engine.documents import Document, batch, commodity

PRICES = (30_000, 34_000, 35_500, 36_000, 36_500, 37_000, 38_500, 40_000)
CAPS = (33_000, 36_000, 37_000, 39_000, 45_000)
DATES: tuple[Document, ...] = ({}, {}, {}, {"expiry": "2026-11-26"}, {"ready": "2026-11-28"})
ALL = {"cabai": (1000, 250, 1), "telur": (1, 1, 18)}
"""Of each commodity: `per`, the size of a quantity, and what a price of chilli is divided by."""


def plain(seed: int, stop_costs: bool = False, names: tuple[str, ...] = ("cabai",)) -> Document:
    draw = Random(seed)
    made = batch([], [], draw.choice((0, 250)), draw.choice((0, 50)))
    made["parameters"]["credit_permille"] = draw.choice((0, 80, 80)) if stop_costs else 80
    made["villages"] = [
        {"village": f"V{one}", "stop_cost": draw.choice((0, 40_000, 900_000)) if stop_costs else 0}
        for one in range(3)
    ]
    made["commodities"] = [
        commodity(name, per=ALL[name][0], reference=36_000 // ALL[name][2]) | {"unit": _unit(name)}
        for name in names
    ]
    for name in names:
        made["lots"] += [_lot(draw, name, one) for one in range(draw.randint(1, 8))]
        made["demands"] += [_demand(draw, name, one) for one in range(draw.choice((0, 1, 2, 2, 3, 4)))]
    return made


def whole(seed: int, names: tuple[str, ...] = ("cabai", "telur")) -> Document:
    """Several lots of a seller, steps, minimums, stops and credits."""
    made, draw = plain(seed, stop_costs=True, names=names), Random(seed)
    for one in made["lots"]:
        size = ALL[one["commodity"]][1]
        one["seller"] = f"S{draw.randint(0, 5)}"
        one["step"] = size * draw.choice((1, 1, 2, 4, 10))
        one["minimum"] = size * draw.choice((1, 1, 4, 30))
    made["credits"] = [
        {"seller": f"S{one}", "commodity": name, "amount": ALL[name][1] * draw.randint(-20, 30)}
        for one in range(7)
        for name in names
        if draw.random() < 0.5
    ]
    made["names"] = {f"S{one}": f"Ibu {name}" for one, name in enumerate(("Sari", "Wati", "Rini"))}
    return made


def stepped(seed: int) -> Document:
    """A plain day but for steps and minimums."""
    made, draw = plain(seed), Random(seed)
    for one in made["lots"]:
        one["step"], one["minimum"] = draw.choice(((1, 1), (1, 9_000), (1_000, 1), (3_000, 6_000)))
    return made


def _unit(name: str) -> str:
    return "g" if name == "cabai" else "butir"


def _lot(draw: Random, name: str, place: int) -> Document:
    return {
        "lot": f"{name[0]}L{place}",
        "seller": f"{name[0]}S{place}",
        "village": f"V{draw.randint(0, 2)}",
        "commodity": name,
        "grade": draw.choice("AAB"),
        "quantity": ALL[name][1] * draw.choice((0, *range(8, 160))),
        "price": draw.choice(PRICES) // ALL[name][2],
        "certificates": draw.choice(([], ["organik"])),
        **draw.choice(DATES),
    }


def _demand(draw: Random, name: str, place: int) -> Document:
    return {
        "demand": f"{name[0]}D{place}",
        "buyer": f"{name[0]}B{place}",
        "commodity": name,
        "grade": draw.choice("ABB"),
        "quantity": ALL[name][1] * draw.randint(4, 240),
        "cap": draw.choice(CAPS) // ALL[name][2],
        "certificates": draw.choice(([], [], [], ["organik"])),
        "priority": draw.randint(1, 2),
    }
