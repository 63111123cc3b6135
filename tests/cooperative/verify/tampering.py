"""Ways to falsify a record, each followed by new hashes, so that only what the record says can give it away."""

from copy import deepcopy
from random import Random

from tests.cooperative.verify.batches import Document, sealed


def moved(record: Document, draw: Random) -> bool:
    """A quantity from one line to another."""
    if len(record["lines"]) < 2:
        return False
    one, other = draw.sample(record["lines"], 2)
    amount = draw.randint(1, one["quantity"])
    one["quantity"] -= amount
    other["quantity"] += amount
    record["lines"] = [line for line in record["lines"] if line["quantity"]]
    return True


def stock_exceeded(record: Document, draw: Random) -> bool:
    """A lot gives more than there is, and every sum says so."""
    if not record["lines"]:
        return False
    line = draw.choice(record["lines"])
    own = next(row for row in record["lots"] if row["lot"] == line["lot"])
    more = own["quantity"] - own["given"] + draw.randint(1, 9)
    line["quantity"] += more
    own["given"] += more
    _gives(record, own, more)
    next(row for row in record["demands"] if row["demand"] == line["demand"])["filled"] += more
    return True


def line_dropped(record: Document, draw: Random) -> bool:
    """A line is gone, and every sum says so."""
    if not record["lines"]:
        return False
    line = record["lines"].pop(draw.randrange(len(record["lines"])))
    own = next(row for row in record["lots"] if row["lot"] == line["lot"])
    own["given"] -= line["quantity"]
    _gives(record, own, -line["quantity"])
    next(row for row in record["demands"] if row["demand"] == line["demand"])["filled"] -= line["quantity"]
    return True


def _gives(record: Document, own: Document, more: int) -> None:
    row = _seller(record, own)
    row["given"] += more
    row["credit"] -= more
    record["cost"]["goods"] += more * own["price"]


def _seller(record: Document, own: Document) -> Document:
    found: Document = next(
        row
        for row in record["sellers"]
        if (row["seller"], row["commodity"]) == (own["seller"], own["commodity"])
    )
    return found


def hak_changed(record: Document, draw: Random) -> bool:
    """One seller's hak, with his due and credit beside it."""
    row = draw.choice(record["sellers"])
    more = draw.choice([-2, -1, 1, 2, 1000])
    for part in ("hak", "due", "credit"):
        row[part] += more
    return True


def hak_line_changed(record: Document, draw: Random) -> bool:
    """One hak line, with hak, due and credit of its seller."""
    if not record["hak_lines"]:
        return False
    line = draw.choice(record["hak_lines"])
    own = next(row for row in record["lots"] if row["lot"] == line["lot"])
    line["hak"] += 1
    for part in ("hak", "due", "credit"):
        _seller(record, own)[part] += 1
    return True


def village_closed(record: Document, draw: Random) -> bool:
    """A village of zero effective cost, closed for one of the reasons there are."""
    free = [row for row in record["villages"] if row["reason"] == "ZERO_COST"]
    if not free:
        return False
    draw.choice(free).update(open=False, reason=draw.choice(["NOT_NEEDED", "NO_ELIGIBLE_LOT", "ZERO_COST"]))
    return True


def hash_changed(record: Document, draw: Random) -> bool:
    which = draw.choice(["input_hash", "output_hash"])
    place = draw.randrange(64)
    old = record[which]
    record[which] = old[:place] + ("0" if old[place] != "0" else "1") + old[place + 1 :]
    return True


WAYS = (moved, stock_exceeded, line_dropped, hak_changed, hak_line_changed, village_closed, hash_changed)


def tampered(record: Document, seed: int) -> tuple[str, Document] | None:
    """The way and the falsified record; None where this record cannot be falsified so."""
    draw = Random(seed)
    way = WAYS[seed % len(WAYS)]
    copy = deepcopy(record)
    if not way(copy, draw):
        return None
    if way is hash_changed and copy["output_hash"] != record["output_hash"]:
        return way.__name__, copy
    return way.__name__, sealed(copy)
