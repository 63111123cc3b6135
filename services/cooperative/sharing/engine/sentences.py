"""One sentence or two for each seller and each buyer's line, from the record alone, for people who farm."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from services.chassis.wording import amount, number, price
from services.cooperative.sharing.engine.words import BUYER, BUYER_WHY, SELLER, WHY

Row = Mapping[str, Any]


class Explained:
    """A record's numbers, by the seller or buyer whom they concern."""

    def __init__(self, record: Row, language: str) -> None:
        self.record, self.language = record, language

    def seller(self, seller: str) -> Iterator[str]:
        """One text per commodity in which the seller has a lot."""
        for name in sorted(name for one, name in self._lots_of if one == seller):
            yield self.of_lots(seller, name)

    def of_lots(self, seller: str, commodity: str) -> str:
        """What he gives of what he offered; and the reason of the lot of which most is left."""
        lots = self._lots_of[seller, commodity]
        lot = max(lots, key=lambda one: (one["quantity"] - one["given"], one["lot"]))
        given, offered = (sum(one[key] for one in lots) for key in ("given", "quantity"))
        unit = lot["unit"]
        dearest, sharing = self._sharing.get(commodity, (lot["price"], 0))
        why = WHY[self.language][lot["reason"]].format(
            price=price(lot["price"], lot["per"], unit, self.language),
            dearest=price(dearest, lot["per"], unit, self.language),
            level=amount(lot.get("level", 0), unit, self.language),
        )
        return SELLER[self.language].format(
            name=self.record["names"].get(seller, seller),
            given=amount(given, unit, self.language),
            offered=amount(offered, unit, self.language),
            commodity=commodity,
            ordered=amount(self._ordered[commodity], unit, self.language),
            sellers=number(sharing, self.language),
            why=why,
        )

    def demand(self, row: Row) -> str:
        """One text for a buyer's line."""
        lot = self._lot_of_demand.get(row["demand"], self._only)
        unit = lot["unit"] if lot else ""
        counted = {key: amount(row[key], unit, self.language).strip() for key in ("filled", "quantity")} | {
            "open": amount(row["quantity"] - row["filled"], unit, self.language).strip()
        }
        cap = price(row["cap"], lot["per"], unit, self.language) if lot else number(row["cap"], self.language)
        why = BUYER_WHY[self.language][row["reason"]].format(cap=cap, **counted)
        return BUYER[self.language].format(
            name=self.record["names"].get(row["buyer"], row["buyer"]),
            demand=row["demand"],
            commodity=f" {lot['commodity']}" if lot else "",
            why=why,
            **counted,
        )

    @cached_property
    def _lots(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for lot in self.record["lots"]:
            found.setdefault(lot["commodity"], []).append(lot)
        return found

    @cached_property
    def _lots_of(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for lot in self.record["lots"]:
            found.setdefault((lot["seller"], lot["commodity"]), []).append(lot)
        return found

    @cached_property
    def _sharing(self) -> dict[str, tuple[int, int]]:
        """Of each commodity the dearest price that gives something, and how many sellers give."""
        giving = {name: [lot for lot in lots if lot["given"]] for name, lots in self._lots.items()}
        return {
            name: (max(lot["price"] for lot in lots), len({lot["seller"] for lot in lots}))
            for name, lots in giving.items()
            if lots
        }

    @cached_property
    def _lot_of_demand(self) -> dict[str, Row]:
        """A lot that serves the demand, or is due something of it: so its commodity is known."""
        lots = {lot["lot"]: lot for lot in self.record["lots"]}
        rows = (row for key in ("hak_lines", "lines", "confirmed") for row in self.record[key])
        return {row["demand"]: lots[row["lot"]] for row in rows if row["lot"] in lots}

    @cached_property
    def _only(self) -> Row | None:
        return next(iter(self.record["lots"])) if len(self._lots) == 1 else None

    @cached_property
    def _ordered(self) -> Counter[str]:
        """What is ordered of each commodity, as far as anybody offered it."""
        total: Counter[str] = Counter()
        for row in self.record["demands"]:
            lot = self._lot_of_demand.get(row["demand"], self._only)
            if lot is not None:
                total[lot["commodity"]] += row["quantity"]
        return total


def explained(record: Row, seller: str | None, language: str) -> list[str]:
    """One seller's texts; or everybody's, sellers first, then buyers' lines."""
    said = Explained(record, language)
    if seller is not None:
        return list(said.seller(seller))
    people = dict.fromkeys(row["seller"] for row in record["sellers"])
    texts = [text for one in people for text in said.seller(one)]
    return texts + [said.demand(row) for row in record["demands"]]
