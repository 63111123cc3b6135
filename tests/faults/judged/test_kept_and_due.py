"""Projections, quantities, books and deadlines: each way to go wrong is seen by its name."""

import pytest

from tests.faults.checker import Anomaly, Evidence, judge
from tests.faults.judged.world import (
    EARLIER,
    LATER,
    ORDER,
    SHARE,
    WINDOW,
    also,
    fact,
    row,
    seen,
)

LINES = [{"line_id": "line-2", "cap": 2}]


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
