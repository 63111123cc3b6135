"""One sentence or two for each seller and each buyer's line, from the record alone, for people who farm.

A record does not say of which commodity a demand is that nobody serves: where it matters, less is said, never a guess.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from services.chassis.wording import amount, number, price
from services.cooperative.sharing.engine.answered import Answered, NotSetAside
from services.cooperative.sharing.engine.sums import begun, grouped, least_from, summed
from services.cooperative.sharing.engine.words import (
    BUYER,
    BUYER_WHY,
    CREDIT,
    LOT,
    MISSING,
    NOTHING_OFFERED,
    ORDERED,
    OWN_ORDER,
    SELLER,
    SHARED_BY,
    WHY,
)

Row = Mapping[str, Any]
UNFIT = ("FULL", "ANSWERED", "NO_DEMAND", "DATE", "GRADE", "CERTIFICATE", "CAP")


class Explained:
    """A record's numbers, by the seller or buyer whom they concern."""

    def __init__(
        self,
        record: Row,
        language: str,
        codes: Mapping[str, str] | None = None,
        not_set_aside: NotSetAside | None = None,
    ) -> None:
        """`codes`: what people call a lot, where that is not its id.

        `not_set_aside`: what of the answers was never asked; the record alone calls it refused too.
        """
        self.record, self.language, self.codes = record, language, codes or {}
        self._answered = Answered(record, language, not_set_aside or {})
        self._caps: dict[str, list[int]] = {}

    def seller(self, seller: str) -> Iterator[str]:
        """One text per commodity in which the seller has a lot or a credit."""
        for row in self._rows_of.get(seller, ()):
            yield self._text(row)

    def of_lots(self, seller: str, commodity: str) -> str:
        """The text of one commodity.

        Raises:
            StopIteration: the seller has neither a lot nor a credit in it.
        """
        return self._text(next(row for row in self._rows_of[seller] if row["commodity"] == commodity))

    def _text(self, row: Row) -> str:
        lots = self._lots_of.get((row["seller"], row["commodity"]))
        return self._of_lots(row, lots) if lots else self._without_lot(row)

    def _of_lots(self, row: Row, lots: list[Row]) -> str:
        """What he gives of what he offered; and the reason of the lot of which most is left."""
        lot = max(lots, key=lambda one: (one["quantity"] - one["given"], one["lot"]))
        unit = lot["unit"]
        which = LOT[self.language]["named" if len(lots) > 1 else "only"].format(
            lot=self.codes.get(lot["lot"], lot["lot"])
        )
        return SELLER[self.language].format(
            name=self._name(row["seller"]),
            given=self._amount(sum(one["given"] for one in lots), unit),
            offered=self._amount(sum(one["quantity"] for one in lots), unit),
            commodity=row["commodity"],
            orders=self._orders(row["commodity"], unit),
            why=begun(self._why(lot, which)) + self._credit(row, unit, "; "),
        )

    def _without_lot(self, row: Row) -> str:
        lots = self._lots.get(row["commodity"])
        told = NOTHING_OFFERED[self.language].format(
            name=self._name(row["seller"]), commodity=row["commodity"]
        )
        return f"{told}{self._credit(row, lots[0]['unit'], '. ') if lots else ''}."

    def _credit(self, row: Row, unit: str, joint: str) -> str:
        """What is carried to the next days."""
        if not row["credit"]:
            return ""
        kind = "owed" if row["credit"] > 0 else "ahead"
        told = CREDIT[self.language][kind].format(credit=self._amount(abs(row["credit"]), unit))
        return joint + (begun(told) if joint == ". " else told)

    def _orders(self, commodity: str, unit: str) -> str:
        """How much is ordered, as far as the record tells, and how many share it."""
        ordered = self._ordered[commodity]
        if not ordered:
            return ""
        sellers = len(self._giving.get(commodity, ()))
        told = ORDERED[self.language]["known" if self._unknown else "all"]
        shared = SHARED_BY[self.language][min(sellers, 2)]
        return (told + shared).format(
            ordered=self._amount(ordered, unit), sellers=number(sellers, self.language)
        )

    def _why(self, lot: Row, which: str) -> str:
        reason, limit, cap = lot["reason"], None, None
        more = self._hak_of_lots[lot["lot"]] < lot["quantity"]
        if reason == "TIER_NOT_REACHED":
            limit = self._limit(lot) if more else None
            if limit is not None:
                reason = "TIER_LIMIT_MORE" if lot["given"] else "TIER_LIMIT"
        elif reason == "CAP":
            caps = self._caps_of(lot["commodity"])
            cap = caps[bisect_left(caps, lot["price"]) - 1]
        elif reason == "BELOW_MIN_LOT" and self._hak_of_lots[lot["lot"]]:
            reason = "BELOW_MIN_SHARE"
        elif reason == "VILLAGE_CLOSED" and self.record["parameters"]["credit_permille"]:
            reason = "VILLAGE_WAITS"
        elif reason == "LEVEL" and more:
            reason = "LEVEL_MORE"
        return WHY[self.language][reason].format(
            lot=which,
            commodity=lot["commodity"],
            price=self._price(lot["price"], lot),
            limit=self._price(limit, lot),
            cap=self._price(cap, lot),
            level=self._amount(lot.get("level", 0), lot["unit"]),
            answered=self._answered.text(lot, which) if reason == "ANSWERED" else "",
        )

    def _limit(self, lot: Row) -> int | None:
        """A price at which the lot shares, whichever of the demands within its reach it may serve.

        Of each such demand the dearest lot that is due part of it by its price, not by the first shares alone: who asks
        no more than that lot could take its place, or shares with it.
        """
        reach = self._dearest.get(lot["commodity"], [])
        place = bisect_left(reach, (lot["price"], -1))
        return (reach[place][1] or None) if place < len(reach) else None

    @cached_property
    def _dearest(self) -> dict[str, list[tuple[int, int]]]:
        """By commodity, for each cap of a demand that somebody is due part of: the least over that and higher caps.

        The least of each demand's dearest such lot's price; by rising cap.
        """
        dearest: dict[str, int] = {}
        for row in self.record["hak_lines"]:
            if row["hak"]:
                own = self._lot[row["lot"]]["price"] if self._rest[row["lot"]] else 0
                dearest[row["demand"]] = max(own, dearest.get(row["demand"], 0))
        found: dict[str, list[tuple[int, int]]] = {}
        for row in self.record["demands"]:
            if row["demand"] in dearest:
                commodity = self._lot_of_demand[row["demand"]]["commodity"]
                found.setdefault(commodity, []).append((row["cap"], dearest[row["demand"]]))
        return {commodity: least_from(reach) for commodity, reach in found.items()}

    def demand(self, row: Row) -> str:
        """One text for a buyer's line."""
        return self._of_demand(row, BUYER[self.language])

    def own_demand(self, row: Row) -> str:
        """The same to the buyer himself, where neither he nor the line has a name that he knows."""
        return self._of_demand(row, OWN_ORDER[self.language])

    def _of_demand(self, row: Row, words: Mapping[str, str]) -> str:
        lot = self._lot_of_demand.get(row["demand"])
        reason = row["reason"]
        if reason == "SHORT" and self._spare(lot["commodity"] if lot else None):
            reason = "SHORT_SPARE"
        why = BUYER_WHY[self.language][reason].format(
            cap=self._price(row["cap"], lot) if lot else f"Rp{number(row['cap'], self.language)}"
        )
        shown: dict[str, str] = {"commodity": lot["commodity"]} if lot else {}
        if lot:
            parts = {
                "filled": row["filled"],
                "quantity": row["quantity"],
                "open": row["quantity"] - row["filled"],
            }
            shown |= {key: self._amount(value, lot["unit"]) for key, value in parts.items()}
        if lot and reason in ("SHORT", "SHORT_SPARE", "STEP_ROUNDING"):
            why = MISSING[self.language].format(**shown) + why
        return words["known" if lot else "unknown"].format(
            name=self._name(row["buyer"]), demand=row["demand"], why=begun(why), **shown
        )

    def _spare(self, commodity: str | None) -> bool:
        """Whether a lot that fits some demand has something left."""
        return bool(self._with_spare) if commodity is None else commodity in self._with_spare

    @cached_property
    def _with_spare(self) -> set[str]:
        left = (lot for lot in self.record["lots"] if lot["given"] < lot["quantity"])
        return {lot["commodity"] for lot in left if lot["reason"] not in UNFIT}

    def _name(self, one: str) -> str:
        return str(self.record["names"].get(one, one))

    def _amount(self, quantity: int, unit: str) -> str:
        return amount(quantity, unit, self.language).strip()

    def _price(self, value: int | None, lot: Row) -> str:
        return "" if value is None else price(value, lot["per"], lot["unit"], self.language)

    @cached_property
    def _lots(self) -> dict[str, list[Row]]:
        return grouped(self.record["lots"], "commodity")

    @cached_property
    def _lots_of(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for lot in self.record["lots"]:
            found.setdefault((lot["seller"], lot["commodity"]), []).append(lot)
        return found

    @cached_property
    def _rows_of(self) -> dict[str, list[Row]]:
        return grouped(self.record["sellers"], "seller")

    @cached_property
    def _giving(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for lot in self.record["lots"]:
            if lot["given"]:
                found.setdefault(lot["commodity"], set()).add(lot["seller"])
        return found

    @cached_property
    def _lot(self) -> dict[str, Row]:
        return {lot["lot"]: lot for lot in self.record["lots"]}

    @cached_property
    def _lot_of_demand(self) -> dict[str, Row]:
        """A lot of the demand's commodity: one that serves it, is due part of it, or, where any may, the only one's."""
        rows = (row for key in ("hak_lines", "lines", "confirmed") for row in self.record[key])
        found = {row["demand"]: self._lot[row["lot"]] for row in rows if row["lot"] in self._lot}
        if len(self._lots) == 1:
            some = next(iter(self.record["lots"]))
            served = (row["demand"] for row in self.record["demands"] if row["reason"] != "NO_ELIGIBLE_LOT")
            found = dict.fromkeys(served, some) | found
        return found

    @cached_property
    def _unknown(self) -> list[Row]:
        return [row for row in self.record["demands"] if row["demand"] not in self._lot_of_demand]

    @cached_property
    def _demands(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.record["demands"]:
            if row["demand"] in self._lot_of_demand:
                found.setdefault(self._lot_of_demand[row["demand"]]["commodity"], []).append(row)
        return found

    @cached_property
    def _ordered(self) -> Counter[str]:
        told = {name: sum(row["quantity"] for row in rows) for name, rows in self._demands.items()}
        return Counter(told)

    def _caps_of(self, commodity: str) -> list[int]:
        """The caps of the demands that are of the commodity, or may be, rising."""
        if commodity not in self._caps:
            may_be = *self._demands.get(commodity, ()), *self._unknown
            self._caps[commodity] = sorted(row["cap"] for row in may_be)
        return self._caps[commodity]

    @cached_property
    def _hak_of_lots(self) -> Counter[str]:
        return summed(self.record["hak_lines"], "hak")

    @cached_property
    def _rest(self) -> Counter[str]:
        """Each lot's hak beyond its seller's `first`, which is counted on his dearest lots."""
        first = {(row["seller"], row["commodity"]): row["first"] for row in self.record["sellers"]}
        rest: Counter[str] = Counter()
        for lot in sorted(self.record["lots"], key=lambda one: -int(one["price"])):
            place = lot["seller"], lot["commodity"]
            kept = min(first.get(place, 0), self._hak_of_lots[lot["lot"]])
            first[place] = first.get(place, 0) - kept
            rest[lot["lot"]] = self._hak_of_lots[lot["lot"]] - kept
        return rest


def explained(record: Row, seller: str | None, language: str) -> list[str]:
    """One seller's texts; or everybody's, sellers first, then buyers' lines."""
    said = Explained(record, language)
    if seller is not None:
        return list(said.seller(seller))
    people = dict.fromkeys(row["seller"] for row in record["sellers"])
    texts = [text for one in people for text in said.seller(one)]
    return texts + [said.demand(row) for row in record["demands"]]
