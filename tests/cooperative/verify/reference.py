"""A slow sharing for tiny batches, by trying every vector: what the verifier is held against, no code of either side.

Steps and minimums of 1, no confirmed lines. Villages: the first smallest set that reaches what all together would.
"""

from fractions import Fraction
from itertools import combinations
from typing import Any

from tests.cooperative.verify.batches import Document, sealed
from tests.cooperative.verify.exhaustive import Line, Vector, best, flow, tier, vectors


class Reference:
    def __init__(self, batch: Document) -> None:
        self.batch = batch
        self.lots = {one["lot"]: one for one in batch["lots"]}
        self.demands = {one["demand"]: one for one in batch["demands"]}
        self.sellers = sorted({one["seller"] for one in batch["lots"]})
        self.serves = {
            (a["lot"], d["demand"]) for a in batch["lots"] for d in batch["demands"] if a["price"] <= d["cap"]
        }
        self.eligible = {lot for lot, _ in self.serves}
        width = batch["parameters"]["tier_permille"]
        self.tier = {name: tier(one["price"], 1000, width) for name, one in self.lots.items()}
        self.tiers = sorted({self.tier[lot] for lot in self.eligible})
        self.stock = {
            name: one["quantity"] if name in self.eligible else 0 for name, one in self.lots.items()
        }
        self.wanted = {
            name: one["quantity"] if any(d == name for _, d in self.serves) else 0
            for name, one in self.demands.items()
        }

    def of(self, seller: str, most: int | None = None) -> set[str]:
        """The seller's lots, of tiers up to `most`."""
        return {
            name
            for name, one in self.lots.items()
            if one["seller"] == seller and name in self.stock and (most is None or self.tier[name] <= most)
        }

    def carried(self, slots: list[tuple[str, int | None, int]], wanted: dict[str, int]) -> Any:
        supply = [(self.of(seller, tier), amount) for seller, tier, amount in slots if amount]
        return flow(supply, self.stock, wanted, {one for one in self.serves if one[0] in self.stock})

    def levelled(
        self,
        slots: list[tuple[str, int | None, int]],
        wanted: dict[str, int],
        tier: int | None,
        limits: list[int],
        lacks: list[int] | None = None,
    ) -> Vector:
        """On top of the slots, one more for each seller: as much as can be, and most even (`lacks`: evenly unpaid)."""
        before = sum(amount for _, _, amount in slots)
        most = [(seller, tier, limit) for seller, limit in zip(self.sellers, limits, strict=True)]
        total = self.carried([*slots, *most], wanted)[0]
        for sum_ in range(min(sum(limits), total - before), -1, -1):

            def fits(vector: Vector, sum_: int = sum_) -> bool:
                own = [(s, tier, a) for s, a in zip(self.sellers, vector, strict=True)]
                return bool(self.carried([*slots, *own], wanted)[0] == before + sum_)

            if not any(fits(vector) for vector in vectors(limits, sum_)):
                continue
            if lacks is None:
                return best(limits, sum_, fits)
            return best(limits, sum_, fits, lambda v: sorted(h - u for h, u in zip(v, lacks, strict=True)))
        raise AssertionError

    def tiered(
        self, slots: list[tuple[str, int | None, int]], wanted: dict[str, int]
    ) -> list[tuple[str, int | None, int]]:
        held = {seller: sum(self.stock[lot] for lot in self.of(seller)) for seller in self.sellers}
        for tier_ in self.tiers:
            used = {s: sum(a for one, _, a in slots if one == s) for s in self.sellers}
            limits = [
                min(held[s] - used[s], sum(self.stock[lot] for lot in self.of(s) if self.tier[lot] == tier_))
                for s in self.sellers
            ]
            got = self.levelled(slots, wanted, tier_, limits)
            slots = [*slots, *zip(self.sellers, [tier_] * len(got), got, strict=True)]
        return slots

    def record(self) -> Document:
        s = self.batch["parameters"]["first_share_permille"]
        shares = {name: amount * s // 1000 for name, amount in self.wanted.items()}
        stock = [sum(self.stock[lot] for lot in self.of(seller)) for seller in self.sellers]
        first = self.levelled([], shares, None, stock)
        slots: list[tuple[str, int | None, int]] = list(
            zip(self.sellers, [None] * len(first), first, strict=True)
        )
        first_lines = self.carried(slots, shares)[1]
        slots = self.tiered(slots, self.wanted)
        self.stuck = self.alone(slots)
        total, hak_lines = self.carried(slots, self.wanted)
        hak = [sum(a for one, _, a in slots if one == seller) for seller in self.sellers]
        carried = {c["seller"]: c["amount"] for c in self.batch.get("credits", [])}
        due = [carried.get(name, 0) + amount for name, amount in zip(self.sellers, hak, strict=True)]
        rest = {t for _, t, a in slots if a and t is not None}
        villages = self.villages(due, total)
        whole = dict(self.stock)
        closed = {row["village"] for row in villages if not row["open"]}
        self.stock = {lot: n for lot, n in self.stock.items() if self.lots[lot]["village"] not in closed}
        stock = [sum(self.stock[lot] for lot in self.of(seller)) for seller in self.sellers]
        unpaid = [max(0, one) for one in due]
        paid = self.levelled([], self.wanted, None, list(map(min, stock, unpaid)), unpaid)
        slots = self.tiered(list(zip(self.sellers, [None] * len(paid), paid, strict=True)), self.wanted)
        above = {t for _, t, a in slots if a and t is not None}
        lines = self.to_buyers(self.carried(slots, self.wanted)[1])
        self.stock = whole
        return self.written((first, hak, due), (first_lines, hak_lines, lines), villages, rest | above)

    def alone(self, slots: list[tuple[str, int | None, int]]) -> list[Document]:
        """Each seller who could have given more of a part, as a group of his own."""
        left = {seller: sum(self.stock[lot] for lot in self.of(seller)) for seller in self.sellers}
        rows = []
        for seller, part, amount in slots:
            here = [lot for lot in self.of(seller) if part is None or self.tier[lot] == part]
            if 0 < amount < min(left[seller], sum(self.stock[lot] for lot in here)):
                row = {
                    "commodity": "egg",
                    "tier": part,
                    "level": amount,
                    "members": [seller],
                    "amount": amount,
                }
                rows.append(row)
            left[seller] -= amount
        return rows

    def villages(self, due: list[int], total: int) -> list[Document]:
        rows = []
        policy = self.batch["parameters"]["credit_permille"]
        for row in sorted(self.batch["villages"], key=lambda row: row["village"]):
            name = row["village"]
            units = Fraction(0)
            for seller, amount in zip(self.sellers, due, strict=True):
                own = {lot: self.stock[lot] for lot in self.of(seller)}
                here = sum(n for lot, n in own.items() if self.lots[lot]["village"] == name)
                if here:
                    units += Fraction(max(0, amount) * here, sum(own.values()))
            cost = max(0, row["stop_cost"] - int(units * 1000 * policy / 1000))
            able = any(self.lots[lot]["village"] == name for lot in self.eligible)
            reason = "NO_ELIGIBLE_LOT" if not able else ("ZERO_COST" if cost == 0 else "NOT_NEEDED")
            rows.append(
                {"village": name, "open": reason == "ZERO_COST", "effective_cost": cost, "reason": reason}
            )
        waiting = [row for row in rows if row["reason"] == "NOT_NEEDED"]
        for count in range(len(waiting) + 1):
            for chosen in combinations(waiting, count):
                inside = {row["village"] for row in (*chosen, *(r for r in rows if r["open"]))}
                supply = [
                    ({lot}, amount)
                    for lot, amount in self.stock.items()
                    if self.lots[lot]["village"] in inside
                ]
                if flow(supply, self.stock, self.wanted, self.serves)[0] == total:
                    for row in chosen:
                        row["open"], row["reason"] = True, "CHOSEN"
                    return rows
        raise AssertionError

    def to_buyers(self, lines: dict[Line, int]) -> dict[Line, int]:
        """The same from every lot; better classes first, inside a class the most even fill."""
        of_lot = {lot: sum(a for (own, _), a in lines.items() if own == lot) for lot in self.stock}
        names = sorted(self.demands)
        total = sum(of_lot.values())
        classes = sorted({one.get("priority", 1) for one in self.demands.values()})

        def rank(vector: Vector) -> Any:
            filled = dict(zip(names, vector, strict=True))
            sums = [
                sum(a for d, a in filled.items() if self.demands[d].get("priority", 1) == c) for c in classes
            ]
            ratios = [
                sorted(
                    Fraction(a, self.demands[d]["quantity"])
                    for d, a in filled.items()
                    if self.demands[d].get("priority", 1) == c
                )
                for c in classes
            ]
            return sums, ratios

        def carried(vector: Vector) -> Any:
            return flow(
                [({lot}, a) for lot, a in of_lot.items()],
                of_lot,
                dict(zip(names, vector, strict=True)),
                self.serves,
            )

        chosen = best([self.wanted[n] for n in names], total, lambda v: bool(carried(v)[0] == total), rank)
        found: dict[Line, int] = carried(chosen)[1]
        return found

    def written(
        self,
        parts: tuple[Any, Any, Any],
        flows: tuple[Any, Any, Any],
        villages: list[Document],
        tiers: set[int],
    ) -> Document:
        first_lines, hak_lines, lines = flows
        hak = parts[1]
        rows = self.seller_rows(parts, lines)
        of_lot = {lot: sum(a for (own, _), a in lines.items() if own == lot) for lot in self.lots}
        record: Document = {
            "batch": self.batch["batch"],
            "input_hash": "",
            "previous": None,
            "parameters": self.batch["parameters"],
            "lines": [
                {"lot": a, "demand": d, "quantity": n, "price": self.lots[a]["price"]}
                for (a, d), n in sorted(lines.items())
            ],
            "confirmed": [],
            "answers": [],
            "hak_lines": [
                {"lot": a, "demand": d, "first": first_lines.get((a, d), 0), "hak": hak_lines.get((a, d), 0)}
                for a, d in sorted({*first_lines, *hak_lines})
            ],
            "sellers": [{**row, "commodity": "egg", "refused": 0} for row in rows],
            "lots": [
                self.lot_row(name, of_lot[name], villages, tiers, dict(zip(self.sellers, hak, strict=True)))
                for name in sorted(self.lots)
            ],
            "demands": [
                self.demand_row(name, sum(a for (_, d), a in lines.items() if d == name))
                for name in sorted(self.demands)
            ],
            "villages": villages,
            "cost": self.cost(of_lot),
            "bottlenecks": self.stuck,
            "names": {},
            "engine": {"name": "by hand", "version": "1"},
        }
        return sealed(record, self.batch)

    def seller_rows(self, parts: tuple[Any, Any, Any], lines: dict[Line, int]) -> list[Document]:
        first, hak, due = parts
        given = {
            s: sum(a for (lot, _), a in lines.items() if self.lots[lot]["seller"] == s) for s in self.sellers
        }
        carried = {c["seller"]: c["amount"] for c in self.batch.get("credits", [])}
        return [
            {"seller": s, "first": f, "hak": h, "due": d, "given": given[s], "credit": d - given[s]}
            for s, f, h, d in zip(self.sellers, first, hak, due, strict=True)
        ] + [
            {"seller": s, "first": 0, "hak": 0, "due": c, "given": 0, "credit": c}
            for s, c in sorted(carried.items())
            if s not in self.sellers
        ]

    def cost(self, of_lot: dict[str, int]) -> Document:
        haul = {row["village"]: row.get("haul_cost", 0) for row in self.batch["villages"]}
        stop = {row["village"]: row["stop_cost"] for row in self.batch["villages"]}
        return {
            "goods": sum(n * self.lots[a]["price"] for a, n in of_lot.items()),
            "haul": sum(n * haul[self.lots[a]["village"]] for a, n in of_lot.items()),
            "stops": sum(stop[v] for v in {self.lots[a]["village"] for a, n in of_lot.items() if n}),
        }

    def lot_row(
        self, name: str, given: int, villages: list[Document], tiers: set[int], hak: dict[str, int]
    ) -> Document:
        one = self.lots[name]
        open_ = {row["village"] for row in villages if row["open"]}
        row = {
            "lot": name, "seller": one["seller"], "commodity": "egg", "quantity": one["quantity"],
            "unit": "butir", "per": 1, "price": one["price"], "given": given,
        }  # fmt: skip
        if given == one["quantity"]:
            return {**row, "reason": "FULL"}
        if not self.demands:
            return {**row, "reason": "NO_DEMAND"}
        if name not in self.eligible:
            return {**row, "reason": "CAP"}
        if one["village"] not in open_:
            return {**row, "reason": "VILLAGE_CLOSED"}
        if self.batch["parameters"]["first_share_permille"] < 1000 and self.tier[name] not in tiers:
            return {**row, "reason": "TIER_NOT_REACHED"}
        return {**row, "reason": "LEVEL", "level": hak[one["seller"]]}

    def demand_row(self, name: str, filled: int) -> Document:
        one = self.demands[name]
        able = any(d == name for _, d in self.serves)
        reason = "FULL" if filled == one["quantity"] else ("SHORT" if able else "NO_ELIGIBLE_LOT")
        row = {"demand": name, "buyer": one["buyer"], "quantity": one["quantity"], "cap": one["cap"]}
        return {**row, "filled": filled, "reason": reason}
