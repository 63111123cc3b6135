"""Records computed by hand are true; each with one thing broken is complained of, by the right person."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.cooperative.verify.batches import Document, complaint, sealed
from tests.cooperative.verify.hand import DAYS, baskets, fair_day, far_village, short_harvest

Break = Callable[[Document], object]


@pytest.mark.parametrize("day", DAYS)
def test_a_record_computed_by_hand_is_true(day: str) -> None:
    assert complaint(*DAYS[day]()) is None


def _moved(record: Document) -> None:
    """One egg of `hak` from Tuti to Wati, all sums kept true."""
    record["hak_lines"][1]["hak"], record["hak_lines"][2]["hak"] = 2, 2
    for row, hak in ((record["sellers"][1], 2), (record["sellers"][2], 2)):
        row.update(hak=hak, due=hak, credit=hak - row["given"])


def _uneven_first(record: Document) -> None:
    for line, first in zip(record["hak_lines"], (2, 0, 0), strict=True):
        line["first"] = first
    for row, first in zip(record["sellers"], (2, 0, 0), strict=True):
        row["first"] = first


def _given(record: Document, *amounts: int) -> object:
    for line, row, own, amount in zip(
        record["lines"], record["sellers"], record["lots"], amounts, strict=False
    ):
        line["quantity"] = row["given"] = own["given"] = amount
        row["credit"] = row["due"] - amount
        own["reason"] = "FULL" if amount == own["quantity"] else "LEVEL"
    return record


def _set(*path: str | int, to: object) -> Break:
    def broken(record: Document) -> None:
        place: object = record
        for key in path[:-1]:
            place = place[key]  # type: ignore[index]
        place[path[-1]] = to  # type: ignore[index]

    return broken


BROKEN: dict[str, tuple[Callable[[], tuple[Document, Document]], Break, str, str | None]] = {
    "input hash": (fair_day, _set("input_hash", to="0" * 64), "input_hash", None),
    "previous of a first record": (fair_day, _set("previous", to="x"), "previous", None),
    "parameters": (fair_day, _set("parameters", "tier_permille", to=60), "references", None),
    "a seller left out": (fair_day, lambda r: r["sellers"].pop(), "references", "Wati"),
    "a lot of nobody": (fair_day, _set("lines", 0, "lot", to="L9"), "references", None),
    "a price": (fair_day, _set("lines", 0, "price", to=999), "price", "Sari"),
    "more than the stock": (fair_day, _set("lines", 0, "quantity", to=5), "stock", "Sari"),
    "more than the demand": (fair_day, _set("lines", 1, "quantity", to=4), "demand", None),
    "a line below one": (fair_day, _set("lines", 0, "quantity", to=0), "step", "Sari"),
    "hak for somebody dearer": (fair_day, _moved, "hak", "Tuti"),
    "first shares uneven": (fair_day, _uneven_first, "first", "Tuti"),
    "hak not full": (fair_day, lambda r: (_set("hak_lines", 1, "hak", to=2)(r),
        r["sellers"][1].update(hak=2, due=2, credit=-1)), "hak", "Tuti"),
    "given not his due": (fair_day, lambda r: _given(r, 3, 4, 1), "given", "Sari"),
    "due without hak": (fair_day, _set("sellers", 0, "due", to=5), "dues", "Sari"),
    "a credit's sign": (far_village, _set("sellers", 0, "credit", to=1), "credits", "Sari"),
    "credit lost": (far_village, lambda r: r["sellers"][2].update(due=2, credit=2), "dues", "Wati"),
    "village of no cost closed": (fair_day, _set("villages", 0, "open", to=False), "villages", "Sari"),
    "effective cost": (far_village, _set("villages", 1, "effective_cost", to=101), "villages", "Wati"),
    "goods": (fair_day, _set("cost", "goods", to=8199), "cost", None),
    "a reason": (fair_day, _set("lots", 2, "reason", to="CAP"), "reasons", "Wati"),
    "a level": (fair_day, _set("lots", 1, "level", to=4), "reasons", "Tuti"),
    "a demand's reason": (fair_day, _set("demands", 0, "reason", to="SHORT"), "reasons", None),
    "half a basket": (baskets, _set("lines", 0, "quantity", to=5), "step", "Sari"),
    "less than the minimum": (baskets, _set("lines", 0, "quantity", to=2), "minimum", "Sari"),
    "a step withheld": (baskets, lambda r: (_given(r, 4), r["demands"][0].update(filled=4, reason="SHORT"),
        r["cost"].update(goods=4000)), "full", "Sari"),
    "the later class first": (short_harvest, lambda r: (
        r["lines"][0].update(quantity=1), r["lines"][1].update(quantity=3),
        r["demands"][0].update(filled=1, reason="SHORT"), r["demands"][1].update(filled=3)), "buyers", None),
    "unequal buyers": (short_harvest, lambda r: (
        r["lines"].append({"lot": "L1", "demand": "D3", "quantity": 2, "price": 1000}), r["lines"].pop(1),
        r["demands"][1].update(filled=0), r["demands"][2].update(filled=4, reason="FULL")), "buyers", None),
    "a bottleneck left out": (fair_day, lambda r: r["bottlenecks"].pop(), "bottlenecks", "Tuti"),
    "a bottleneck's level": (fair_day, _set("bottlenecks", 1, "level", to=4), "bottlenecks", "Tuti"),
    "a bottleneck's amount": (fair_day, _set("bottlenecks", 1, "amount", to=4), "bottlenecks", None),
    "stuck without a lot": (fair_day, lambda r: r["bottlenecks"].append(
        {"commodity": "egg", "tier": 9, "level": 1, "members": ["Sari"], "amount": 1}), "bottlenecks", None),
    "stuck in an unknown commodity": (fair_day, lambda r: r["bottlenecks"].append(
        {"commodity": "tea", "tier": 0, "level": 1, "members": ["Sari"], "amount": 1}), "references", None),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_whoever_is_hurt_can_complain(what: str) -> None:
    day, broken, rule, seller = BROKEN[what]
    batch, record = day()
    record = deepcopy(record)
    broken(record)

    found = complaint(batch, sealed(record))

    assert found is not None
    assert (found.rule, found.seller) == (rule, seller), found


def test_a_changed_output_hash_is_seen() -> None:
    batch, record = fair_day()

    found = complaint(batch, {**record, "output_hash": "0" * 64})

    assert found is not None
    assert found.rule == "output_hash"
