"""What clients were told, what topics carry and what consumers took in: each way to go wrong is seen by its name."""

from dataclasses import replace
from typing import Any

import pytest

from tests.faults.checker import Anomaly, Evidence, judge
from tests.faults.checker.evidence import Asked
from tests.faults.judged.world import (
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
    row,
    seen,
)


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


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_window_too_small_and_an_order_that_joins_the_next_are_nobodys_wishes(
    world: Evidence, by_itself: bool
) -> None:
    why: tuple[dict[str, Any], dict[str, Any]]
    why = {"too_small": {"total": 1, "smallest_total": 2}}, {"joined": {"name": "op-3"}}
    off, joined = why if by_itself else ({}, {})
    line = {"line_id": LINE, "cap": 1}
    also(
        world,
        fact("cooperative.windows", "cooperative.window_called_off.v1", WINDOW, 2, reason="little", **off),
    )
    also(
        world, fact("orders.orders", "orders.changed.v1", ORDER, 2, window_id=WINDOW, lines=[line], **joined)
    )

    wishes = {where for _, where in seen(world) if where.endswith(".v1")}

    assert wishes == (set() if by_itself else {"cooperative.window_called_off.v1", "orders.changed.v1"})
