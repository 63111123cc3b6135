"""The reason told is the true one: change the one thing it names, and the share changes as it says."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from typing import Any

import pytest

from services.cooperative.sharing.engine import Record, read, reshare, solve
from services.cooperative.sharing.engine.sentences import Explained
from tests.cooperative.engine import markets
from tests.cooperative.engine.documents import DAY, Document, batch, demand, lot, raw, serves, shared

Row = dict[str, Any]
Day = Callable[[int], Document]
OUTSIDE = ("NO_DEMAND", "DATE", "GRADE", "CERTIFICATE", "CAP")
CASES = 12
MUCH = 10**9


@cache
def _shared(day: Day, seed: int) -> Record:
    return shared(day(seed))


def _stops(seed: int) -> Document:
    return markets.plain(seed, stop_costs=True)


def _chilli(seed: int) -> Document:
    return markets.whole(seed, ("cabai",))


def _minimums(seed: int) -> Document:
    made = markets.stepped(seed)
    for one in made["lots"]:
        one["step"] = 1
    return made


def _told(day: Day, reason: str, words: str) -> Iterator[tuple[Document, Record, Row]]:
    """Some lots with this reason, told in these words; each with a document of its own to change."""
    found = 0
    for seed in range(400):
        record = _shared(day, seed)
        for row in record["lots"]:
            if row["reason"] == reason and words in _text(record, row) and row["quantity"]:
                found += 1
                yield day(seed), record, row
        if found >= CASES:
            return
    raise AssertionError(f"only {found} times {reason}: {words}")


def _text(record: Record, row: Row) -> str:
    """What his seller reads about this lot; nothing where it is about another of his."""
    alone = sum(one["seller"] == row["seller"] for one in record["lots"]) == 1
    (text,) = Explained(record, "id").seller(row["seller"])
    return text if alone or f"lot {row['lot']}" in text else ""


def _own(document: Document, row: Row) -> Document:
    found: Document = next(one for one in document["lots"] if one["lot"] == row["lot"])
    return found


def _after(document: Document, row: Row) -> Row:
    return _row(shared(document), row)


def _row(record: Record, row: Row) -> Row:
    found: Row = next(one for one in record["lots"] if one["lot"] == row["lot"])
    return found


def _money(text: str, before: str) -> int:
    found = re.search(before + r" Rp([\d.]+)/kg", text)
    assert found is not None, text
    return int(found[1].replace(".", ""))


def test_all_that_was_offered_is_asked_for_also_when_it_is_less() -> None:
    for document, _, row in _told(markets.plain, "FULL", "Semua yang Anda tawarkan diminta."):
        _own(document, row)["quantity"] = row["quantity"] // 3

        assert _after(document, row)["given"] == row["quantity"] // 3


def test_where_nobody_ordered_an_order_changes_it() -> None:
    for document, _, row in _told(markets.plain, "NO_DEMAND", "tidak ada yang memesan cabai"):
        wanted = {
            "demand": "new",
            "buyer": "B",
            "commodity": "cabai",
            "grade": "B",
            "quantity": MUCH,
            "cap": MUCH,
        }
        document["demands"].append(wanted)
        own = _own(document, row)
        own.pop("expiry", None), own.pop("ready", None)

        assert _after(document, row)["given"] == row["quantity"]


def _dated(own: Document) -> None:
    own |= {"ready": DAY, "expiry": DAY}


def _graded(own: Document) -> None:
    own["grade"] = "A"


def _certified(own: Document) -> None:
    own["certificates"] = ["organik"]


LACKS: dict[str, tuple[str, Callable[[Document], None]]] = {
    "DATE": ("belum siap atau sudah lewat tanggal", _dated),
    "GRADE": ("mutu lebih tinggi bisa ikut", _graded),
    "CERTIFICATE": ("dengan sertifikat itu bisa ikut", _certified),
}


@pytest.mark.parametrize("reason", LACKS)
def test_who_gets_what_he_lacked_can_share(reason: str) -> None:
    words, mended = LACKS[reason]
    shares = 0
    for document, _, row in _told(markets.plain, reason, words):
        mended(_own(document, row))
        after = _after(document, row)

        order = (*OUTSIDE[OUTSIDE.index(reason) + 1 :], "TIER_NOT_REACHED")
        assert after["given"] > 0 or after["reason"] in order
        shares += after["given"] > 0
    assert shares


def test_only_a_price_up_to_the_buyers_cap_can_share() -> None:
    shares = 0
    for document, record, row in _told(markets.plain, "CAP", "bisa ikut"):
        limit = _money(_text(record, row), "hanya tawaran sampai")
        own = _own(document, row)
        assert limit < row["price"]
        own["price"] = limit + 1
        assert _after(document, row)["reason"] == "CAP"

        own["price"] = limit
        at_limit = any(serves(own, one) for one in document["demands"])
        assert (_after(document, row)["reason"] != "CAP") == at_limit
        own["price"] = 1
        after = _after(document, row)
        assert after["given"] > 0
        shares += at_limit
    assert shares


@pytest.mark.parametrize("words", ["ikut dibagi", "dibagi lebih banyak"])
def test_an_offer_up_to_the_named_price_shares(words: str) -> None:
    for document, record, row in _told(markets.plain, "TIER_NOT_REACHED", words):
        limit = _money(_text(record, row), "tawaran sampai")
        assert limit < row["price"]
        _own(document, row)["price"] = limit

        assert _after(document, row)["given"] > row["given"], document


def test_at_a_level_offering_more_adds_nothing_and_offering_less_takes_only_what_is_lacking() -> None:
    for document, record, row in _told(markets.plain, "LEVEL", "menawarkan lebih banyak tidak menambah"):
        own = _own(document, row)
        own["quantity"] += 7_000
        assert _after(document, row)["given"] == row["given"]

        own["quantity"] = row["given"] // 2
        assert _after(document, row)["given"] == row["given"] // 2
        hak = next(one["hak"] for one in record["sellers"] if one["seller"] == row["seller"])
        assert hak <= row["level"]


def test_who_is_due_all_he_offers_is_not_told_that_more_adds_nothing() -> None:
    carried = [{"seller": "SL0", "commodity": "cabai", "amount": 10}]
    document = batch([lot("L0", 20), lot("L1", 5)], [demand("D1", 15)], credits=carried)
    row = {"lot": "L1", "seller": "SL1"}
    before = _after(document, row)
    assert before["reason"] == "LEVEL"
    assert "menawarkan" not in _text(shared(document), row)

    _own(document, row)["quantity"] = 10

    assert _after(document, row)["given"] > before["given"]


def test_the_level_is_what_somebody_of_the_group_has_and_nobody_more() -> None:
    for _, record, row in _told(markets.plain, "LEVEL", "berhak paling banyak"):
        hak = {one["seller"]: one["hak"] for one in record["sellers"]}
        groups = [one["members"] for one in record["bottlenecks"] if row["seller"] in one["members"]]
        assert row["level"] in {max(map(hak.__getitem__, members)) for members in groups}


def test_the_truck_that_costs_nothing_stops_and_brings_what_is_due() -> None:
    brought = 0
    for document, record, row in _told(_stops, "VILLAGE_CLOSED", "karena ongkosnya"):
        due = next(one["due"] for one in record["sellers"] if one["seller"] == row["seller"])
        village = _own(document, row)["village"]
        next(one for one in document["villages"] if one["village"] == village)["stop_cost"] = 0

        after = _after(document, row)
        assert after["reason"] != "VILLAGE_CLOSED"
        assert after["given"] >= due
        brought += after["given"] > 0
    assert brought


def test_enough_that_is_due_brings_the_truck() -> None:
    for document, _, row in _told(_stops, "VILLAGE_CLOSED", "sampai hak yang dicatat di sana cukup besar"):
        document["credits"] = [{"seller": row["seller"], "commodity": "cabai", "amount": MUCH}]

        assert _after(document, row)["given"] > 0


def test_without_a_value_of_credits_nobody_is_told_to_wait_for_the_truck() -> None:
    for seed in range(200):
        record = _shared(_stops, seed)
        for row in record["lots"]:
            if row["reason"] == "VILLAGE_CLOSED" and not record["parameters"]["credit_permille"]:
                assert "cukup besar" not in _text(record, row)


def test_a_lower_minimum_lets_a_released_lot_share() -> None:
    for document, _, row in _told(_minimums, "BELOW_MIN_LOT", "jumlah terkecil lebih rendah bisa ikut"):
        _own(document, row)["minimum"] = 1

        after = _after(document, row)
        assert after["reason"] != "BELOW_MIN_LOT"
        assert after["given"] > 0 or after["reason"] == "TIER_NOT_REACHED"


def test_smaller_numbers_let_a_small_lot_share() -> None:
    shares = 0
    for document, _, row in _told(_chilli, "BELOW_MIN_LOT", "angka lebih kecil bisa ikut"):
        _own(document, row).update(step=1, minimum=1)

        after = _after(document, row)
        assert after["reason"] != "BELOW_MIN_LOT"
        shares += after["given"] > 0
    assert shares


def test_a_smaller_step_ends_the_rounding() -> None:
    more = 0
    for document, _, row in _told(markets.stepped, "STEP_ROUNDING", "kelipatan lebih kecil bisa menambah"):
        step = _own(document, row)["step"]
        assert row["given"] % step == 0
        _own(document, row)["step"] = 1

        after = _after(document, row)
        assert after["reason"] != "STEP_ROUNDING"
        assert after["given"] > row["given"] - step
        more += after["given"] > row["given"]
    assert more


def test_without_his_refusal_the_lot_gives_what_he_refused() -> None:
    tried: Counter[str] = Counter()
    for seed in count():
        day, record = read(raw(markets.plain(seed))), _shared(markets.plain, seed)
        if not record["lines"]:
            continue
        line = record["lines"][seed % len(record["lines"])]
        kind = ("declined", "lapsed", "reduced", "short")[seed % 4]
        left = {"quantity": line["quantity"] // 3} if kind in ("reduced", "short") else {}
        change = {"lot": line["lot"], "demand": line["demand"], "kind": kind, **left}
        refused = _row(reshare(day, record, {"changes": [change]}), line)
        taken = _row(reshare(day, record, {"changes": [{**change, "kind": "accepted", **_all(line)}]}), line)

        assert refused["reason"] == "ANSWERED"
        assert taken["given"] - refused["given"] == line["quantity"] - left.get("quantity", 0)
        tried[kind] += 1
        if min(tried.values()) >= 5 and len(tried) == 4:
            return


def _all(line: Row) -> Row:
    return {"quantity": line["quantity"]}


def _orders(day: Day, reason: str, words: str) -> Iterator[tuple[Document, Record, Row]]:
    found = 0
    for seed in range(400):
        record = _shared(day, seed)
        for row in record["demands"]:
            if row["reason"] == reason and words in Explained(record, "id").demand(row):
                found += 1
                yield day(seed), record, row
        if found >= CASES:
            return
    raise AssertionError(f"only {found} times {reason}: {words}")


def _order(document: Document, row: Row) -> Document:
    found: Document = next(one for one in document["demands"] if one["demand"] == row["demand"])
    return found


def _filled(document: Document, row: Row) -> Row:
    found: Row = next(one for one in shared(document)["demands"] if one["demand"] == row["demand"])
    return found


def _fitting(document: Document, row: Row, **more: Any) -> None:
    """A lot more that fits the order, with as much as anybody could want."""
    own = {"lot": "new", "seller": "new", "village": "V0", "commodity": "cabai", "grade": "A", "quantity": MUCH,
           "price": 1, "certificates": ["organik"]}  # fmt: skip
    document["lots"].append(own | more)
    document["villages"][0]["stop_cost"] = 0


def test_a_full_order_is_full_also_when_it_is_smaller() -> None:
    for document, _, row in _orders(markets.plain, "FULL", "Semua terpenuhi"):
        _order(document, row)["quantity"] = row["quantity"] // 2

        assert _filled(document, row)["filled"] == row["quantity"] // 2


def test_an_order_without_a_lot_that_fits_is_served_by_the_first_that_does() -> None:
    for document, _, row in _orders(markets.plain, "NO_ELIGIBLE_LOT", "Tidak ada lot yang cocok"):
        assert not any(serves(one, _order(document, row)) for one in document["lots"])
        _fitting(document, row, price=row["cap"] + 1)
        assert _filled(document, row)["reason"] == "NO_ELIGIBLE_LOT"

        document["lots"][-1]["price"] = row["cap"]
        assert _filled(document, row)["reason"] == "FULL"


@pytest.mark.parametrize("reason", ["SHORT", "STEP_ROUNDING"])
def test_a_short_order_is_filled_by_more_harvest_in_small_steps(reason: str) -> None:
    words = {
        "SHORT": "panen yang cocok tidak cukup",
        "STEP_ROUNDING": "lebih kecil dari kelipatan setiap lot",
    }
    for document, record, row in _orders(markets.stepped, reason, words[reason]):
        wanted, given = _order(document, row), {one["lot"]: one for one in record["lots"]}
        fitting = [one for one in document["lots"] if serves(one, wanted)]
        left = row["quantity"] - row["filled"]
        if reason == "SHORT":
            assert all(given[one["lot"]]["given"] == one["quantity"] for one in fitting)
        else:
            assert all(left < one["step"] for one in fitting)
        _fitting(document, row)

        assert _filled(document, row)["reason"] == "FULL"


def test_what_is_left_beside_a_short_order_could_not_come() -> None:
    for document, record, row in _orders(_chilli, "SHORT", "lot yang masih bersisa tidak cocok"):
        wanted, given = _order(document, row), {one["lot"]: one["given"] for one in record["lots"]}
        closed = {one["village"] for one in record["villages"] if not one["open"]}
        left = row["quantity"] - row["filled"]
        for one in document["lots"]:
            had = given[one["lot"]]
            if serves(one, wanted) and had < one["quantity"] and one["village"] not in closed:
                lacks = max(one["step"], -(-(one["minimum"] - had) // one["step"]) * one["step"])
                assert lacks > min(left, one["quantity"] - had), one


def test_the_same_record_is_explained_in_the_same_words_after_it_was_a_file() -> None:
    record = _shared(markets.whole, 1)
    again = json.loads(json.dumps(record))

    assert [*Explained(again, "id").seller("S1")] == [*Explained(record, "id").seller("S1")]


def test_a_day_of_this_kind_has_what_it_says() -> None:
    assert solve(read(raw(markets.plain(3))))["cost"]["stops"] == 0
