"""Each way in which a run can go wrong is seen, under the name that it has."""

from dataclasses import replace

import pytest

from tests.faults.checker import Anomaly, Evidence, judge
from tests.faults.checker.evidence import Asked
from tests.faults.judged.world import (
    EARLIER,
    LATER,
    LINE,
    LOT,
    NOW,
    ORDER,
    SHARE,
    WINDOW,
    also,
    carry,
    changed,
    fact,
    right,
    row,
)

LINES = [{"line_id": "line-2", "cap": 2}]


@pytest.fixture
def world() -> Evidence:
    return right()


def seen(evidence: Evidence) -> set[tuple[Anomaly, str]]:
    return {(one.anomaly, one.where) for one in judge(evidence)}


def test_a_world_without_fault_has_no_violation(world: Evidence) -> None:
    assert judge(world) == []


def test_an_acknowledged_command_that_did_nothing_is_a_lost_write(world: Evidence) -> None:
    world.asked = [*world.asked, Asked("catalog.lot_corrected.v1", "op-4", "acknowledged", LOT, NOW)]

    assert seen(world) == {(Anomaly.LOST_WRITE, "catalog.lot_corrected.v1")}


def test_an_answer_about_another_thing_than_was_changed_is_a_lost_write(world: Evidence) -> None:
    world.asked = [replace(one, subject="lot-2") if one.marker == "op-2" else one for one in world.asked]

    assert seen(world) == {(Anomaly.LOST_WRITE, "catalog.lot_corrected.v1")}


def test_a_refused_command_that_was_done_is_a_phantom(world: Evidence) -> None:
    world.asked = [replace(one, outcome="refused") if one.marker == "op-2" else one for one in world.asked]

    assert seen(world) == {(Anomaly.PHANTOM, "catalog.lot_corrected.v1")}


def test_a_command_that_nobody_gave_is_a_phantom(world: Evidence) -> None:
    world.asked = [one for one in world.asked if one.marker != "op-2"]

    assert seen(world) == {(Anomaly.PHANTOM, "catalog.lot_corrected.v1")}


def test_a_command_done_twice_is_a_duplicate(world: Evidence) -> None:
    twice = fact("catalog.lots", "catalog.lot_corrected.v1", LOT, 3, 2, available=12, change=0, reason="op-2")
    also(world, twice)
    row(world, "catalog", "lots")["version"] = 3
    row(world, "orders", "lots")["version"] = 3

    assert seen(world) == {(Anomaly.DUPLICATE, "catalog.lot_corrected.v1")}


@pytest.mark.parametrize("done", [True, False])
def test_an_unknown_command_may_be_done_or_not(world: Evidence, done: bool) -> None:
    marker = "op-2" if done else "op-5"
    asked = [one for one in world.asked if one.marker != marker]
    world.asked = [*asked, Asked("catalog.lot_corrected.v1", marker, "unknown", None, NOW)]

    assert judge(world) == []


def test_a_committed_event_that_is_not_on_its_topic_is_a_lost_write(world: Evidence) -> None:
    world.topics["cooperative.shares"].pop()

    assert (Anomaly.LOST_WRITE, "cooperative.shares") in seen(world)


def test_an_event_on_a_topic_that_nobody_committed_is_a_phantom(world: Evidence) -> None:
    carry(world, fact("cooperative.shares", "cooperative.share_lapsed.v1", SHARE, 3, 20, share_id=SHARE))

    assert seen(world) == {(Anomaly.PHANTOM, "cooperative.shares")}


def test_an_event_that_differs_from_its_row_is_a_phantom(world: Evidence) -> None:
    last = world.topics["cooperative.shares"][-1]
    world.topics["cooperative.shares"][-1] = replace(last, value=b'{"answer": "declined"}')

    assert seen(world) == {(Anomaly.PHANTOM, "cooperative.shares")}


def test_a_version_left_out_is_a_skip(world: Evidence) -> None:
    last = world.services["cooperative"].outbox[-2]
    assert last.type == "cooperative.share_answered.v1"
    world.services["cooperative"].outbox[-2] = changed(last, version=3)
    told = world.topics["cooperative.shares"][-1]
    world.topics["cooperative.shares"][-1] = replace(
        told, headers={**told.headers, "ce_aggregateversion": "3"}
    )

    assert seen(world) == {(Anomaly.SKIP, "cooperative.shares")}


def test_a_version_given_twice_is_a_duplicate(world: Evidence) -> None:
    also(world, fact("cooperative.shares", "cooperative.share_offered.v1", SHARE, 2, 11, share_id=SHARE))
    row(world, "cooperative", "shares")["version"] = 3

    assert (Anomaly.DUPLICATE, "cooperative.shares") in seen(world)


def test_a_later_version_told_first_is_a_reorder(world: Evidence) -> None:
    first, second = world.topics["cooperative.shares"]
    world.topics["cooperative.shares"] = [replace(second, offset=0), replace(first, offset=1)]

    assert seen(world) == {(Anomaly.REORDER, "cooperative.shares")}


def test_one_key_in_two_partitions_is_a_reorder(world: Evidence) -> None:
    first, second = world.topics["cooperative.shares"]
    world.topics["cooperative.shares"] = [first, replace(second, partition=1)]

    assert seen(world) == {(Anomaly.REORDER, "cooperative.shares")}


def test_a_record_that_comes_again_is_no_violation(world: Evidence) -> None:
    first = world.services["catalog"].outbox[0]
    carry(world, first)

    assert judge(world) == []


def test_an_event_that_a_consumer_never_took_in_is_a_skip(world: Evidence) -> None:
    world.services["notify"].inbox.clear()

    assert seen(world) == {(Anomaly.SKIP, "notify")}


def test_an_event_taken_in_that_is_on_no_topic_is_a_phantom(world: Evidence) -> None:
    world.services["notify"].inbox.add("made-up")

    assert seen(world) == {(Anomaly.PHANTOM, "notify")}


def test_a_topic_not_read_to_its_end_is_a_skip(world: Evidence) -> None:
    world.services["notify"].positions["orders.orders", 0] = 0

    assert seen(world) == {(Anomaly.SKIP, "notify")}


def test_an_effect_made_twice_by_one_event_is_a_duplicate(world: Evidence) -> None:
    outbox = world.services["cooperative"].outbox
    outbox[1:3] = [changed(one, cause="event-7", type="cooperative.share_offered.v1") for one in outbox[1:3]]

    assert (Anomaly.DUPLICATE, "cooperative") in seen(world)


@pytest.mark.parametrize(("messages", "anomaly"), [(0, Anomaly.SKIP), (2, Anomaly.DUPLICATE)])
def test_a_person_is_told_each_fact_once(world: Evidence, messages: int, anomaly: Anomaly) -> None:
    world.services["notify"].tables["messages"] *= messages

    assert seen(world) == {(anomaly, "notify")}


@pytest.mark.parametrize(("entries", "anomaly"), [(0, Anomaly.SKIP), (2, Anomaly.DUPLICATE)])
def test_an_outcome_stands_once_in_the_story_of_its_order(
    world: Evidence, entries: int, anomaly: Anomaly
) -> None:
    world.services["orders"].tables["timeline"] *= entries

    assert seen(world) == {(anomaly, "orders")}


@pytest.mark.parametrize(
    ("service", "table", "column", "value"),
    [
        ("orders", "lots", "version", 1),
        ("orders", "lots", "available", 11),
        ("orders", "windows", "called_off", "rain"),
        ("orders", "lines", "filled", 3),
        ("cooperative", "books", "digest", "another"),
    ],
)
def test_a_projection_that_is_not_as_told_is_stale(
    world: Evidence, service: str, table: str, column: str, value: object
) -> None:
    row(world, service, table)[column] = value

    assert seen(world) == {(Anomaly.STALE, service)}


def test_a_projection_that_lacks_a_row_is_stale(world: Evidence) -> None:
    world.services["cooperative"].tables["orders"].clear()

    assert seen(world) == {(Anomaly.STALE, "cooperative")}


def test_a_row_of_something_never_told_is_a_phantom(world: Evidence) -> None:
    world.services["orders"].tables["lots"].append(row(world, "orders", "lots") | {"id": "lot-9"})

    assert seen(world) == {(Anomaly.PHANTOM, "orders")}


@pytest.mark.parametrize(
    ("service", "table", "column", "value"),
    [
        ("catalog", "lots", "available", 9),
        ("catalog", "lots", "committed", 5),
        ("catalog", "holds", "committed", 3),
        ("catalog", "lots", "version", 3),
        ("orders", "orders", "version", 2),
        ("cooperative", "shares", "quantity", 3),
        ("cooperative", "lines", "filled", 3),
        ("cooperative", "lines", "quantity", 3),
    ],
)
def test_quantities_and_versions_that_do_not_add_up_break_an_identity(
    world: Evidence, service: str, table: str, column: str, value: int
) -> None:
    row(world, service, table)[column] = value

    assert {anomaly for anomaly, _ in seen(world)} == {Anomaly.IDENTITY}


def test_stock_below_zero_breaks_an_identity(world: Evidence) -> None:
    row(world, "catalog", "lots").update(available=-1, collected=9)

    assert seen(world) == {(Anomaly.IDENTITY, "catalog")}


def test_stock_held_for_nobody_is_a_phantom(world: Evidence) -> None:
    stranger = row(world, "catalog", "holds") | {"share_id": "share-9", "committed": 0, "state": "released"}
    world.services["catalog"].tables["holds"].append(stranger)

    assert seen(world) == {(Anomaly.PHANTOM, "catalog")}


def test_an_accepted_share_taken_away_breaks_an_identity(world: Evidence) -> None:
    taken = fact("cooperative.shares", "cooperative.share_changed.v1", SHARE, 3, 20, reason="RESHARED")
    also(world, taken)
    row(world, "cooperative", "shares")["version"] = 3

    assert seen(world) == {(Anomaly.IDENTITY, "cooperative")}


def test_a_book_without_an_accepted_order_is_a_lost_write(world: Evidence) -> None:
    also(
        world,
        fact(
            "orders.orders",
            "orders.placed.v1",
            "order-2",
            1,
            3,
            window_id=WINDOW,
            lines=LINES,
        ),
    )

    assert (Anomaly.LOST_WRITE, "orders.books") in seen(world)


def test_an_order_accepted_after_its_book_had_closed_is_a_phantom(world: Evidence) -> None:
    late = fact(
        "orders.orders",
        "orders.changed.v1",
        ORDER,
        2,
        30,
        window_id=WINDOW,
        lines=LINES,
    )
    also(world, late)

    assert (Anomaly.PHANTOM, "orders.books") in seen(world)


def test_a_line_of_the_book_that_is_not_shared_is_a_lost_write(world: Evidence) -> None:
    row(world, "cooperative", "lines")["window_id"] = "window-2"
    world.services["cooperative"].tables["windows"].append(
        row(world, "cooperative", "windows") | {"id": "window-2"}
    )

    assert (Anomaly.LOST_WRITE, "cooperative") in seen(world)


def test_a_duty_that_fell_due_and_was_not_done_is_late(world: Evidence) -> None:
    world.services["catalog"].due.append({"kind": "expire-hold", "key": SHARE, "at": EARLIER})
    world.services["catalog"].due.append({"kind": "expire-hold", "key": "share-2", "at": LATER})

    assert [one.key for one in judge(world)] == [SHARE]


@pytest.mark.parametrize(
    ("service", "table", "news"),
    [
        ("catalog", "holds", {"state": "held", "expires_at": EARLIER}),
        ("orders", "windows", {"closed_at": None}),
        ("cooperative", "windows", {"status": "announced"}),
        ("cooperative", "windows", {"asks_until": EARLIER}),
        ("cooperative", "windows", {"shared": False}),
        ("cooperative", "shares", {"status": "committing"}),
        ("cooperative", "shares", {"status": "offered"}),
        ("cooperative", "lines", {"filled": None}),
    ],
)
def test_a_state_past_its_deadline_is_late(
    world: Evidence, service: str, table: str, news: dict[str, object]
) -> None:
    row(world, service, table).update(news)

    assert (Anomaly.LATE, service) in seen(world)


def test_something_parked_without_cause_is_unaccounted(world: Evidence) -> None:
    parked = {
        "event_id": "e",
        "key": LINE,
        "topic": "t",
        "partition": 0,
        "record_offset": 0,
        "cause": "KeyError",
    }
    world.services["orders"].parked.append(parked)

    assert seen(world) == {(Anomaly.UNACCOUNTED, "orders")}


def test_an_event_applied_behind_a_parked_one_of_its_key_is_a_skip(world: Evidence) -> None:
    poison = fact("catalog.lots", "catalog.lot_repriced.v1", LOT, 99, 0)
    carry(world, poison)
    records = world.topics["catalog.lots"]
    world.topics["catalog.lots"] = [
        replace(one, offset=place) for place, one in enumerate([records[0], records[2], records[1]])
    ]
    world.injected = frozenset({poison.id})

    found = [one for one in judge(world) if one.anomaly is Anomaly.SKIP]

    assert {one.where for one in found} == {"orders"}
    assert ORDER not in {one.key for one in found}
