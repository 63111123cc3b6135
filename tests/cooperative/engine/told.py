"""Days on which somebody is told a given reason, with all that a test needs to change the one thing it names."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from services.cooperative.sharing.engine import Record
from services.cooperative.sharing.engine.sentences import Explained
from tests.cooperative.engine import markets
from tests.cooperative.engine.documents import Document, shared

Row = dict[str, Any]
Day = Callable[[int], Document]
CASES = 12
MUCH = 10**9


@cache
def shared_day(day: Day, seed: int) -> Record:
    return shared(day(seed))


def stops(seed: int) -> Document:
    return markets.plain(seed, stop_costs=True)


def chilli(seed: int) -> Document:
    return markets.whole(seed, ("cabai",))


def minimums(seed: int) -> Document:
    made = markets.stepped(seed)
    for one in made["lots"]:
        one["step"] = 1
    return made


def told(day: Day, reason: str, words: str) -> Iterator[tuple[Document, Record, Row]]:
    """Some lots with this reason, told in these words; each with a document of its own to change."""
    found = 0
    for seed in range(400):
        record = shared_day(day, seed)
        for row in record["lots"]:
            if row["reason"] == reason and words in text(record, row) and row["quantity"]:
                found += 1
                yield day(seed), record, row
        if found >= CASES:
            return
    raise AssertionError(f"only {found} times {reason}: {words}")


def text(record: Record, row: Row) -> str:
    """What his seller reads about this lot; nothing where it is about another of his."""
    alone = sum(one["seller"] == row["seller"] for one in record["lots"]) == 1
    (text,) = Explained(record, "id").seller(row["seller"])
    return text if alone or f"lot {row['lot']}" in text else ""


def own(document: Document, row: Row) -> Document:
    found: Document = next(one for one in document["lots"] if one["lot"] == row["lot"])
    return found


def after(document: Document, row: Row) -> Row:
    return row_of(shared(document), row)


def row_of(record: Record, row: Row) -> Row:
    found: Row = next(one for one in record["lots"] if one["lot"] == row["lot"])
    return found


def money(text: str, before: str) -> int:
    found = re.search(before + r" Rp([\d.]+)/kg", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def wanted_orders(day: Day, reason: str, words: str) -> Iterator[tuple[Document, Record, Row]]:
    found = 0
    for seed in range(400):
        record = shared_day(day, seed)
        for row in record["demands"]:
            if row["reason"] == reason and words in Explained(record, "id").demand(row):
                found += 1
                yield day(seed), record, row
        if found >= CASES:
            return
    raise AssertionError(f"only {found} times {reason}: {words}")


def order_of(document: Document, row: Row) -> Document:
    found: Document = next(one for one in document["demands"] if one["demand"] == row["demand"])
    return found


def filled(document: Document, row: Row) -> Row:
    found: Row = next(one for one in shared(document)["demands"] if one["demand"] == row["demand"])
    return found


def fitting(document: Document, row: Row, **more: Any) -> None:
    """A lot more that fits the order, with as much as anybody could want."""
    own = {"lot": "new", "seller": "new", "village": "V0", "commodity": "cabai", "grade": "A", "quantity": MUCH,
           "price": 1, "certificates": ["organik"]}  # fmt: skip
    document["lots"].append(own | more)
    document["villages"][0]["stop_cost"] = 0
