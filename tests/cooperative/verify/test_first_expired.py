"""Among one seller's alike lots those that expire first give first, whatever the engine says."""

import json

from services.cooperative.sharing.engine import read, solve
from tests.cooperative.verify.batches import Document, batch, complaint, demand, lot, raw, sealed


def _solved(world: Document) -> Document:
    return json.loads(json.dumps(solve(read(raw(world)))))  # type: ignore[no-any-return]


def _three_alike(*given: int) -> tuple[Document, Document]:
    """Sari's three lots of 4, the first two expiring together; 6 are ordered."""
    dates = ("2026-11-28", "2026-11-28", "2026-11-29")
    world = batch([lot(f"L{n}", "Sari", 4, expiry=date) for n, date in enumerate(dates)], [demand("D1", 6)])
    record = _solved(world)
    record["lines"] = [
        {"lot": f"L{n}", "demand": "D1", "quantity": own, "price": 1000} for n, own in enumerate(given) if own
    ]
    for row, own in zip(record["lots"], given, strict=True):
        row.pop("level", None)
        row.update(given=own, reason="FULL") if own == 4 else row.update(given=own, reason="LEVEL", level=6)
    return world, sealed(record)


def test_the_last_lot_may_not_give_while_the_first_of_three_still_could() -> None:
    assert complaint(*_three_alike(2, 4, 0)) is None

    found = complaint(*_three_alike(0, 4, 2))

    assert found is not None
    assert (found.rule, found.seller) == ("first expired", "Sari")


def test_a_lot_that_keeps_gives_after_every_one_that_expires() -> None:
    world = batch([lot("L0", "Sari", 4), lot("L1", "Sari", 4, expiry="2026-12-24")], [demand("D1", 4)])
    record = _solved(world)
    assert [row["given"] for row in record["lots"]] == [0, 4]
    assert complaint(world, record) is None

    record["lines"][0]["lot"] = "L0"
    record["lots"][0].update(given=4, reason="FULL")
    record["lots"][0].pop("level", None)
    record["lots"][1].update(given=0, reason="LEVEL", level=4)

    found = complaint(world, sealed(record))
    assert found is not None
    assert (found.rule, found.seller) == ("first expired", "Sari")
