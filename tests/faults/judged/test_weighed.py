"""What was weighed, as the checker judges it: each figure alone, made wrong, is seen."""

import pytest

from tests.faults.checker import Anomaly
from tests.faults.checker.evidence import Evidence
from tests.faults.judged.world import LINE, LOT, ORDER, SHARE, also, fact, row, seen

WEIGHING = {"waiting": 3, "returned": 1, "rejected": 0}


def weighed(world: Evidence) -> None:
    """Of the 4 that were committed 3 are taken and 1 is returned: the line is short by it, and all is told."""
    catalog, cooperative = world.services["catalog"], world.services["cooperative"]
    also(world, fact("catalog.lots", "catalog.stock_collected.v1", LOT, 3, 30, change=0, available=8))
    row(world, "catalog", "lots").update(version=3, committed=0, collected=4, **WEIGHING)
    row(world, "catalog", "holds").update(committed=0, state="collected")
    catalog.tables["weighings"] = [{"id": "weighing-1", "lot_id": LOT, **WEIGHING}]
    cooperative.tables["weighings"] = [{"id": "weighing-1", "lot_id": LOT, "version": 1, **WEIGHING}]
    world.topics["cooperative.weighings"] = []
    also(world, fact("cooperative.weighings", "cooperative.lot_weighed.v1", "weighing-1", 1, 29))
    told = {"order_id": ORDER, "promised": 4, "filled": 3}
    also(world, fact("cooperative.lines", "cooperative.line_collected.v1", LINE, 2, 31, **told))
    also(world, fact("cooperative.shares", "cooperative.share_collected.v1", SHARE, 3, 31, share_id=SHARE))
    row(world, "cooperative", "shares").update(status="collected", collected=3, version=3)
    row(world, "cooperative", "lines").update(filled=3, collected=True, version=2)


def test_what_was_weighed_adds_up_like_the_rest(world: Evidence) -> None:
    weighed(world)

    assert seen(world) == set()


@pytest.mark.parametrize(
    ("service", "table", "column", "value"),
    [
        ("catalog", "lots", "waiting", 4),
        ("catalog", "lots", "collected", 3),
        ("catalog", "weighings", "returned", 2),
        ("cooperative", "weighings", "waiting", 2),
        ("cooperative", "weighings", "version", 2),
        ("cooperative", "shares", "collected", 4),
        ("cooperative", "lines", "filled", 4),
    ],
)
def test_what_was_weighed_and_does_not_add_up_breaks_an_identity(
    world: Evidence, service: str, table: str, column: str, value: int
) -> None:
    weighed(world)
    row(world, service, table)[column] = value

    assert {anomaly for anomaly, _ in seen(world)} == {Anomaly.IDENTITY}
