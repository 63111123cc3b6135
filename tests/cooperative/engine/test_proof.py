"""Small batches against plain search, and what must hold for every batch."""

import itertools
import json
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine import output_hash
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.verify import first_complaint
from tests.cooperative.engine import documents as made
from tests.cooperative.engine.dense import cheapest, fullest, points
from tests.cooperative.engine.documents import Document, batch, demand, documents, lot, raw, shared
from tests.harness.counts import tries

quick = settings(
    max_examples=tries(60), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
few = settings(
    max_examples=tries(40), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@settings(quick, max_examples=tries(150))
@given(documents())
def test_every_sharing_passes_the_verifier(document: Document) -> None:
    record = shared(document)

    assert first_complaint(raw(document), canonical(record)) is None


@quick
@given(documents(whole_steps=False))
def test_with_steps_of_one_the_fill_is_the_max_flow(document: Document) -> None:
    record = shared(document)

    stock = [lot["quantity"] for lot in document["lots"]]
    assert sum(row["quantity"] for row in record["lines"]) == fullest(document, stock)
    assert sum(row["hak"] for row in record["sellers"]) == fullest(document, stock)


@quick
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(document: Document, random: Random) -> None:
    shuffled = {
        key: random.sample(rows, len(rows)) if isinstance(rows, list) else rows
        for key, rows in document.items()
    }

    assert canonical(shared(shuffled)) == canonical(shared(document))


@quick
@given(documents())
def test_the_sums_of_credits_obey_the_identity(document: Document) -> None:
    sellers = shared(document)["sellers"]

    carried = sum(one["amount"] for one in document["credits"])
    total = {key: sum(row[key] for row in sellers) for key in ("hak", "given", "refused", "credit")}
    assert total["credit"] - carried == total["hak"] - total["given"] - total["refused"]


def _small(sizes: list[int], prices: list[int], caps: list[int], rooms: list[int]) -> Document:
    lots = [lot(f"L{place}", *one) for place, one in enumerate(zip(sizes, prices, strict=False))]
    return batch(
        lots, [demand(f"D{place}", *one) for place, one in enumerate(zip(rooms, caps, strict=False))]
    )


small = st.builds(
    _small,
    st.lists(st.integers(0, 5), min_size=1, max_size=4),
    st.lists(st.sampled_from((80, 100, 101, 106, 112)), min_size=4, max_size=4),
    st.lists(st.sampled_from((90, 100, 110, 120)), min_size=3, max_size=3),
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
)


@few
@given(small)
def test_the_first_share_is_the_leximin_point_of_all_points(document: Document) -> None:
    document["parameters"]["first_share_permille"] = 1000

    hak = sorted(row["hak"] for row in shared(document)["sellers"])

    rooms = [one["quantity"] for one in document["demands"]]
    assert hak == max(sorted(point) for point in points(document, rooms))


@few
@given(small)
def test_without_first_share_the_cheapest_tier_is_leximin_first_then_the_next(document: Document) -> None:
    document["parameters"]["tier_permille"] = 0

    hak = {row["seller"]: row["hak"] for row in shared(document)["sellers"]}

    lots = document["lots"]
    tiers = sorted({one["price"] for one in lots})

    def by_tier(amounts: list[int]) -> list[list[int]]:
        return [
            sorted(amount for amount, one in zip(amounts, lots, strict=True) if one["price"] == tier)
            for tier in tiers
        ]

    rooms = [one["quantity"] for one in document["demands"]]
    best = max(by_tier(list(point)) for point in points(document, rooms))
    assert by_tier([hak[one["seller"]] for one in lots]) == best


@quick
@given(documents(whole_steps=False, carried=False))
def test_no_single_opening_or_closing_of_a_village_would_be_cheaper(document: Document) -> None:
    document["parameters"]["credit_permille"] = 0
    record = shared(document)
    stops = {one["village"]: one["stop_cost"] for one in document["villages"]}

    def cost(opened: set[str]) -> tuple[int, int]:
        stock = [one["quantity"] if one["village"] in opened else 0 for one in document["lots"]]
        amount, goods = cheapest(document, stock)
        return -amount, goods + sum(stops[one] for one in opened)

    opened = {row["village"] for row in record["villages"] if row["open"]}
    assert all(cost(opened) <= cost(opened ^ {one}) for one in stops)
    every = [set(some) for size in range(4) for some in itertools.combinations(stops, size)]
    best = min(cost(some) for some in every)
    assert cost(opened)[0] == best[0]


@quick
@given(documents(whole_steps=False, single=True, carried=False), st.integers(1, 10), st.data())
def test_nobody_gains_by_misreporting_his_stock(document: Document, other: int, data: st.DataObject) -> None:
    assume(len(document["lots"]) > 0)
    for one in document["villages"]:
        one["stop_cost"] = 0
    own = data.draw(st.sampled_from(document["lots"]))
    true = own["quantity"]
    honest = made.given(shared(document))[own["lot"]]

    own["quantity"] = other
    told = made.given(shared(document))[own["lot"]]

    assert min(told, true) <= honest


@quick
@given(documents(whole_steps=False, single=True, carried=False), st.data())
def test_more_demand_or_fewer_sellers_hurt_no_seller(document: Document, data: st.DataObject) -> None:
    """Exactly, odd units too: units go in one order (level, then tie) through a flow, so this is a flow's own
    monotony. More stock of one's own gives nobody else more and oneself not less.
    """
    assume(len(document["lots"]) > 0 and len(document["demands"]) > 0)
    document["parameters"]["first_share_permille"] = 0
    for one in document["villages"]:
        one["stop_cost"] = 0
    before = made.given(shared(document))

    fuller = json.loads(json.dumps(document))
    own = data.draw(st.sampled_from(fuller["lots"]))
    own["quantity"] += data.draw(st.integers(1, 9))
    after = made.given(shared(fuller))
    assert after[own["lot"]] >= before[own["lot"]]
    assert all(amount <= before[name] for name, amount in after.items() if name != own["lot"])

    grown = json.loads(json.dumps(document))
    data.draw(st.sampled_from(grown["demands"]))["quantity"] += data.draw(st.integers(1, 9))
    assert all(amount >= before[name] for name, amount in made.given(shared(grown)).items())

    gone = data.draw(st.sampled_from(document["lots"]))
    document["lots"].remove(gone)
    assert all(amount >= before[name] for name, amount in made.given(shared(document)).items())


@quick
@given(documents(), st.integers(2, 1000))
def test_scaling_all_quantities_scales_what_nobody_rounds(document: Document, factor: int) -> None:
    """With steps and minimums scaled too, whole-step fills scale exactly; levels may differ by the odd units."""
    before = shared(document)
    for one in (*document["lots"], *document["demands"]):
        one["quantity"] *= factor
    for one in document["lots"]:
        one["step"], one["minimum"] = one["step"] * factor, one["minimum"] * factor
    document["credits"] = []

    after = shared(document)

    assert sum(row["hak"] for row in after["sellers"]) == factor * sum(
        row["hak"] for row in before["sellers"]
    )


@quick
@given(documents())
def test_an_ineligible_lot_changes_nothing_for_the_others(document: Document) -> None:
    before = shared(document)
    document["lots"].append(lot("zz", 10, 999, village="V0"))

    after = shared(document)

    assert after["lines"] == before["lines"]
    assert [row for row in after["lots"] if row["lot"] != "zz"] == before["lots"]


@quick
@given(documents())
def test_new_names_for_people_and_buyers_change_no_number(document: Document) -> None:
    before = shared(document)
    document["names"] = {"S0": "Ibu Sari"}
    for one in document["demands"]:
        one["buyer"] = f"x{one['buyer']}"

    after = shared(document)

    assert after["lines"] == before["lines"]
    assert after["sellers"] == before["sellers"]


@quick
@given(documents(whole_steps=False))
def test_a_demand_split_in_two_gives_the_sellers_the_same(document: Document) -> None:
    document["parameters"]["first_share_permille"] = 0
    before = shared(document)
    halves = []
    for one in document["demands"]:
        if one["quantity"] > 1:
            one["quantity"] -= 1
            halves.append(one | {"demand": one["demand"] + "x", "quantity": 1})
    document["demands"] += halves

    after = shared(document)

    assert after["sellers"] == before["sellers"]


@quick
@given(documents())
def test_the_record_names_its_own_hash(document: Document) -> None:
    record = shared(document)

    assert record["output_hash"] == output_hash(json.loads(canonical(record)))
