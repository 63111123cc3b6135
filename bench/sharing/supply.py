"""What a world offers and orders, in numbers; and reference prices from a public list."""

import csv
from pathlib import Path
from statistics import median
from typing import Any

from bench.sharing.worlds import COMMODITIES

Document = dict[str, Any]


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
                if name.startswith(known) and int(row["Harga"]) > 0:
                    found.setdefault(known, []).append(int(row["Harga"]))
    return {name: round(median(held)) for name, held in found.items()}
