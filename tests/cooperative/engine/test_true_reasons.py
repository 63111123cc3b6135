"""The reason told to a seller is the true one: change the one thing it names, and the share changes as it says."""

import json
from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest

from services.cooperative.sharing.engine import read, reshare, solve
from services.cooperative.sharing.engine.answered import Answered
from services.cooperative.sharing.engine.sentences import Explained
from tests.cooperative.engine import markets, told
from tests.cooperative.engine.documents import DAY, Document, batch, demand, lot, raw, serves, shared

OUTSIDE = ("NO_DEMAND", "DATE", "GRADE", "CERTIFICATE", "CAP")


def test_all_that_was_offered_is_asked_for_also_when_it_is_less() -> None:
    for document, _, row in told.told(markets.plain, "FULL", "Semua yang Anda tawarkan diminta."):
        told.own(document, row)["quantity"] = row["quantity"] // 3

        assert told.after(document, row)["given"] == row["quantity"] // 3


def test_where_nobody_ordered_an_order_changes_it() -> None:
    for document, _, row in told.told(markets.plain, "NO_DEMAND", "tidak ada yang memesan cabai"):
        wanted = {
            "demand": "new",
            "buyer": "B",
            "commodity": "cabai",
            "grade": "B",
            "quantity": told.MUCH,
            "cap": told.MUCH,
        }
        document["demands"].append(wanted)
        own = told.own(document, row)
        own.pop("expiry", None), own.pop("ready", None)

        assert told.after(document, row)["given"] == row["quantity"]


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
    for document, _, row in told.told(markets.plain, reason, words):
        mended(told.own(document, row))
        after = told.after(document, row)

        order = (*OUTSIDE[OUTSIDE.index(reason) + 1 :], "TIER_NOT_REACHED")
        assert after["given"] > 0 or after["reason"] in order
        shares += after["given"] > 0
    assert shares


def test_only_a_price_up_to_the_buyers_cap_can_share() -> None:
    shares = 0
    for document, record, row in told.told(markets.plain, "CAP", "bisa ikut"):
        limit = told.money(told.text(record, row), "hanya tawaran sampai")
        own = told.own(document, row)
        assert limit < row["price"]
        own["price"] = limit + 1
        assert told.after(document, row)["reason"] == "CAP"

        own["price"] = limit
        at_limit = any(serves(own, one) for one in document["demands"])
        assert (told.after(document, row)["reason"] != "CAP") == at_limit
        own["price"] = 1
        after = told.after(document, row)
        assert after["given"] > 0
        shares += at_limit
    assert shares


@pytest.mark.parametrize("words", ["ikut dibagi", "dibagi lebih banyak"])
def test_an_offer_up_to_the_named_price_shares(words: str) -> None:
    for document, record, row in told.told(markets.plain, "TIER_NOT_REACHED", words):
        limit = told.money(told.text(record, row), "tawaran sampai")
        assert limit < row["price"]
        told.own(document, row)["price"] = limit

        assert told.after(document, row)["given"] > row["given"], document


def test_at_a_level_offering_more_adds_nothing_and_offering_less_takes_only_what_is_lacking() -> None:
    for document, record, row in told.told(markets.plain, "LEVEL", "menawarkan lebih banyak tidak menambah"):
        own = told.own(document, row)
        own["quantity"] += 7_000
        assert told.after(document, row)["given"] == row["given"]

        own["quantity"] = row["given"] // 2
        assert told.after(document, row)["given"] == row["given"] // 2
        hak = next(one["hak"] for one in record["sellers"] if one["seller"] == row["seller"])
        assert hak <= row["level"]


def test_who_is_due_all_he_offers_is_not_told_that_more_adds_nothing() -> None:
    carried = [{"seller": "SL0", "commodity": "cabai", "amount": 10}]
    document = batch([lot("L0", 20), lot("L1", 5)], [demand("D1", 15)], credits=carried)
    row = {"lot": "L1", "seller": "SL1"}
    before = told.after(document, row)
    assert before["reason"] == "LEVEL"
    assert "menawarkan" not in told.text(shared(document), row)

    told.own(document, row)["quantity"] = 10

    assert told.after(document, row)["given"] > before["given"]


def test_the_level_is_what_somebody_of_the_group_has_and_nobody_more() -> None:
    for _, record, row in told.told(markets.plain, "LEVEL", "berhak paling banyak"):
        hak = {one["seller"]: one["hak"] for one in record["sellers"]}
        groups = [one["members"] for one in record["bottlenecks"] if row["seller"] in one["members"]]
        assert row["level"] in {max(map(hak.__getitem__, members)) for members in groups}


def test_the_truck_that_costs_nothing_stops_and_brings_what_is_due() -> None:
    brought = 0
    for document, record, row in told.told(told.stops, "VILLAGE_CLOSED", "karena ongkosnya"):
        due = next(one["due"] for one in record["sellers"] if one["seller"] == row["seller"])
        village = told.own(document, row)["village"]
        next(one for one in document["villages"] if one["village"] == village)["stop_cost"] = 0

        after = told.after(document, row)
        assert after["reason"] != "VILLAGE_CLOSED"
        assert after["given"] >= due
        brought += after["given"] > 0
    assert brought


def test_enough_that_is_due_brings_the_truck() -> None:
    for document, _, row in told.told(
        told.stops, "VILLAGE_CLOSED", "sampai hak yang dicatat di sana cukup besar"
    ):
        document["credits"] = [{"seller": row["seller"], "commodity": "cabai", "amount": told.MUCH}]

        assert told.after(document, row)["given"] > 0


def test_without_a_value_of_credits_nobody_is_told_to_wait_for_the_truck() -> None:
    for seed in range(200):
        record = told.shared_day(told.stops, seed)
        for row in record["lots"]:
            if row["reason"] == "VILLAGE_CLOSED" and not record["parameters"]["credit_permille"]:
                assert "cukup besar" not in told.text(record, row)


def test_a_lower_minimum_lets_a_released_lot_share() -> None:
    for document, _, row in told.told(
        told.minimums, "BELOW_MIN_LOT", "jumlah terkecil lebih rendah bisa ikut"
    ):
        told.own(document, row)["minimum"] = 1

        after = told.after(document, row)
        assert after["reason"] != "BELOW_MIN_LOT"
        assert after["given"] > 0 or after["reason"] == "TIER_NOT_REACHED"


def test_smaller_numbers_let_a_small_lot_share() -> None:
    shares = 0
    for document, _, row in told.told(told.chilli, "BELOW_MIN_LOT", "angka lebih kecil bisa ikut"):
        told.own(document, row).update(step=1, minimum=1)

        after = told.after(document, row)
        assert after["reason"] != "BELOW_MIN_LOT"
        shares += after["given"] > 0
    assert shares


def test_a_smaller_step_ends_the_rounding() -> None:
    more = 0
    for document, _, row in told.told(
        markets.stepped, "STEP_ROUNDING", "kelipatan lebih kecil bisa menambah"
    ):
        step = told.own(document, row)["step"]
        assert row["given"] % step == 0
        told.own(document, row)["step"] = 1

        after = told.after(document, row)
        assert after["reason"] != "STEP_ROUNDING"
        assert after["given"] > row["given"] - step
        more += after["given"] > row["given"]
    assert more


HOW = {
    "declined": "was refused",
    "lapsed": "was not answered",
    "reduced": "was not agreed to",
    "short": "was not brought or could not be set aside",
}


def test_without_his_refusal_the_lot_gives_what_he_refused() -> None:
    tried: Counter[str] = Counter()
    for seed in count():
        day, record = read(raw(markets.plain(seed))), told.shared_day(markets.plain, seed)
        if not record["lines"]:
            continue
        line = record["lines"][seed % len(record["lines"])]
        kind = ("declined", "lapsed", "reduced", "short")[seed % 4]
        left = {"quantity": line["quantity"] // 3} if kind in ("reduced", "short") else {}
        change = {"lot": line["lot"], "demand": line["demand"], "kind": kind, **left}
        after = reshare(day, record, {"changes": [change]})
        refused = told.row_of(after, line)
        taken = told.row_of(
            reshare(day, record, {"changes": [{**change, "kind": "accepted", **_all(line)}]}), line
        )

        assert refused["reason"] == "ANSWERED"
        assert Answered(after, "en", {}).text(refused, "it").endswith(HOW[kind])
        assert taken["given"] - refused["given"] == line["quantity"] - left.get("quantity", 0)
        tried[kind] += 1
        if min(tried.values()) >= 5 and len(tried) == 4:
            return


def _all(line: told.Row) -> told.Row:
    return {"quantity": line["quantity"]}


def test_the_same_record_is_explained_in_the_same_words_after_it_was_a_file() -> None:
    record = told.shared_day(markets.whole, 1)
    again = json.loads(json.dumps(record))

    assert [*Explained(again, "id").seller("S1")] == [*Explained(record, "id").seller("S1")]


def test_a_day_of_this_kind_has_what_it_says() -> None:
    assert solve(read(raw(markets.plain(3))))["cost"]["stops"] == 0
