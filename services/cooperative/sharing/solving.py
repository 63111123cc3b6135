"""One sharing from its frozen input to a checked record, as texts; runs in the process apart."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from services.cooperative.sharing.telling import ToSellers, told_to_all, told_to_sellers

Row = Mapping[str, Any]

PAGE = 100
"""Offers that are told to the service together: what it asks sellers in one transaction."""
TOLD = 1000
"""Sentences that are written down together."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the record, by the things behind its pseudonyms, with the sentences that say why.

    `lot_frozen`: the version of the lot whose stock was shared; None in batches frozen before that was kept.
    """

    lot_id: UUID
    lot_code: str
    seller_id: UUID
    village: str
    line_id: UUID
    quantity: int
    step: int
    price: int
    sentences: Mapping[str, str]
    lot_frozen: int | None = None

    @classmethod
    def read(cls, page: str) -> "list[Offer]":
        """The offers of one page, in their order."""
        ids = "lot_id", "seller_id", "line_id"
        return [cls(**row | {name: UUID(row[name]) for name in ids}) for row in json.loads(page)]


@dataclass(slots=True)
class VillageTotal:
    """A village in one commodity: what was offered, due, given and refused, and what its sellers carry on."""

    village: str
    commodity: str
    lots: int = 0
    offered: int = 0
    hak: int = 0
    due: int = 0
    given: int = 0
    refused: int = 0
    credit: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Solved:
    """Long texts rather than objects: whoever waits for them reads a page at a time.

    `complaint`: why the record must not be published, where it must not. `pages`: its offers, `PAGE` on each.
    `told`: what everybody is told, likewise in pages.
    `short`: order lines that are not filled, with the reasons. `villages`: a `VillageTotal` each, as it is stored.
    """

    record: str
    record_hash: str
    complaint: str | None
    pages: tuple[str, ...] = ()
    short: Mapping[str, str] = field(default_factory=dict)
    villages: tuple[dict[str, Any], ...] = ()
    told: tuple[str, ...] = ()


def solved(batch: str, previous: str | None, changes: str | None, people: str, known: str) -> Solved:
    """Share the batch, or share again after `changes` to the record before; then let the verifier read it.

    `people`: of each seller's pseudonym the name and village, of the whole batch; it stays out of the record.
    `known`: lots and order lines behind the batch's pseudonyms.
    What the engine cannot do is a complaint too: nothing is offered then, and the manager is told why.
    """
    from services.cooperative.sharing import engine  # here: only the process that solves carries the solvers
    from services.cooperative.sharing.engine.canonical import canonical
    from services.cooperative.sharing.verify import first_complaint

    try:
        record = _record(engine, batch, previous, changes)
        text = canonical(record)
        complaint = first_complaint(batch.encode(), text, None if previous is None else previous.encode())
    except Exception as error:
        return Solved("", "", f"the engine failed: {type(error).__name__}: {error}")
    if complaint is not None:
        return Solved(text.decode(), record["output_hash"], str(complaint))
    frozen, named, behind = json.loads(batch), json.loads(people), json.loads(known)
    sellers = told_to_sellers(record, named, behind, json.loads(changes or "{}").get("not_held", ()))
    return Solved(
        text.decode(),
        record["output_hash"],
        None,
        tuple(_pages(list(_offers(frozen, record, sellers, behind)), PAGE)),
        {
            behind["demands"][row["demand"]]: row["reason"]
            for row in record["demands"]
            if row["reason"] != "FULL"
        },
        tuple(asdict(one) for one in _totals(frozen, record, named)),
        tuple(_pages(list(told_to_all(frozen, record, sellers, behind)), TOLD)),
    )


def _record(engine: Any, batch: str, previous: str | None, changes: str | None) -> dict[str, Any]:
    read = engine.read(batch.encode())
    if previous is None:
        found: dict[str, Any] = engine.solve(read)
    else:
        found = engine.reshare(read, engine.read_record(previous.encode()), json.loads(changes or "{}"))
    return found


def _pages(rows: list[dict[str, Any]], size: int) -> Iterable[str]:
    for start in range(0, len(rows), size):
        yield json.dumps(rows[start : start + size], ensure_ascii=False)


def _offers(batch: Row, record: Row, told: ToSellers, behind: Row) -> Iterable[dict[str, Any]]:
    """Each line of the record as an `Offer`'s fields."""
    lots, steps = {lot["lot"]: lot for lot in record["lots"]}, {lot["lot"]: lot for lot in batch["lots"]}
    for line in record["lines"]:
        lot = lots[line["lot"]]
        lot_id, lot_code, seller_id, village, *frozen = behind["lots"][line["lot"]]
        yield {
            "lot_id": lot_id,
            "lot_frozen": frozen[0] if frozen else None,
            "lot_code": lot_code,
            "seller_id": seller_id,
            "village": village,
            "line_id": behind["demands"][line["demand"]],
            "quantity": line["quantity"],
            "step": steps[line["lot"]]["step"],
            "price": line["price"],
            "sentences": told[lot["seller"], lot["commodity"]],
        }


def _totals(batch: Row, record: Row, people: Mapping[str, Any]) -> Iterable[VillageTotal]:
    found: dict[tuple[str, str], VillageTotal] = {}

    def total(village: str, commodity: str) -> VillageTotal:
        return found.setdefault((village, commodity), VillageTotal(village, commodity))

    village = {lot["lot"]: lot["village"] for lot in batch["lots"]}
    home = {lot["seller"]: lot["village"] for lot in batch["lots"]}
    home |= {seller: one["village"] for seller, one in people.items()}
    for lot in record["lots"]:
        one = total(village[lot["lot"]], lot["commodity"])
        one.lots, one.offered = one.lots + 1, one.offered + lot["quantity"]
        one.reasons[lot["reason"]] = one.reasons.get(lot["reason"], 0) + 1
    for row in record["sellers"]:
        one = total(home[row["seller"]], row["commodity"])
        for name in ("hak", "due", "given", "refused", "credit"):
            setattr(one, name, getattr(one, name) + row[name])
    return (found[key] for key in sorted(found))
