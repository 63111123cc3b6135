"""The closing table: sums over the seeds beside their limits, and what breaks one is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.faults.history import Command
from tests.faults.nemesis.fault import Blow, HandOver
from tests.faults.plan import ALL
from tests.faults.report import crossing
from tests.faults.table import broken, markdown, paste


def result(seed: int = 1, **changed: Any) -> dict[str, Any]:
    """A run that keeps every limit together with two others like it."""
    return {
        "seed": seed,
        "commands": 25_000,
        "outcomes": {"acknowledged": 22_000, "refused": 2_600, "unknown": 400},
        "unknown": 0.016,
        "crossing two services": 0.98,
        "contending for one lot": 0.16,
        "retried": 1_000,
        "events": 40_000,
        "duplicates dropped": 300,
        "parked": 20,
        "windows": 60,
        "violations": {},
        "seconds": {"whole": 700.0},
        "faults": dict.fromkeys(ALL, 2),
        "recovery_s": {"kill": 4.5},
        "hand_over_s": {"kill-leader": {"all": 3, "slowest": 7.5, "alone": 2, "slowest alone": 0.7}},
    } | changed


def three(**changed: Any) -> list[dict[str, Any]]:
    return [result(1), result(2), result(3, **changed)]


def test_three_runs_that_keep_every_limit_break_none() -> None:
    assert broken(three()) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"outcomes": {"acknowledged": 15_999, "unknown": 1}}, "commands acknowledged: 59,999, limit ≥ 60,000"),
        ({"unknown": 0.05}, "share of commands without an answer: 2.7%, limit ≤ 2 %"),
        ({"crossing two services": -0.5}, "share of commands across two services: 48.7%, limit ≥ 60 %"),
        ({"contending for one lot": -0.1}, "share of commands for one lot that all want: 7.3%, limit ≥ 10 %"),
        ({"violations": {"lost write": 1}}, "violations: 1, limit 0"),
        ({"seconds": {"whole": 1_060.0}}, "minutes: 41, limit ≤ 40"),
    ],
)  # fmt: skip
def test_a_limit_that_is_broken_is_named_with_what_was_found(changed: dict[str, Any], named: str) -> None:
    assert broken(three(**changed)) == [named]


def test_a_fault_that_no_seed_met_is_named_unless_it_needs_root() -> None:
    without = [one | {"faults": dict.fromkeys(set(ALL) - {"scale", "disk-full"}, 1)} for one in three()]

    assert broken(without) == ["scale: never done"]


def test_the_table_sums_commands_and_weighs_shares_by_them() -> None:
    lines = markdown([result(1), result(2, commands=75_000, unknown=0.0)]).splitlines()

    assert "| commands acknowledged | 22,000 | 22,000 | 44,000 | ≥ 60,000 | **broken** |" in lines
    assert "| share of commands without an answer | 1.6% | 0.0% | 0.4% | ≤ 2 % | kept |" in lines
    assert "| kill | 4 | 4.5 |  |" in lines
    assert (
        "| kill-leader | 4 |  | 0.7 (4 times; limit 5, kept); 7.5 with others beside it (6 in all) |" in lines
    )


def test_pasting_replaces_what_stands_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- faults: begin -->\nold\n<!-- faults: end -->\nafter\n")

    paste(page, "faults", "new")

    assert page.read_text() == "before\n<!-- faults: begin -->\n\nnew\n\n<!-- faults: end -->\nafter\n"


def test_a_command_crosses_where_another_service_takes_in_what_it_brings_about() -> None:
    receives = {"orders": {"catalog.a.v1": "catalog.lots", "orders.b.v1": "orders.orders"}, "notify": {}}
    commands = [Command(1, "catalog", "catalog.a.v1", ""), Command(2, "orders", "orders.b.v1", "")]

    assert crossing(commands, receives) == 1


@pytest.mark.parametrize(
    ("blow", "alone"),
    [
        (Blow("freeze-leader", 99, "catalog.1", 130), True),
        (Blow("kill-postgres", 80, "postgres", 89), True),
        (Blow("kill-postgres", 80, "postgres", 91), False),
        (Blow("slow-link", 102), False),
        (Blow("kill", 102, "catalog.2", 103), False),
        (Blow("kill", 102, "orders.2", 103), True),
        (Blow("poison", 100.5, "lot 1", 101), True),
        (Blow("freeze-broker", 105, "kafka.1", 109), True),
    ],
)
def test_a_hand_over_counts_as_alone_where_nothing_else_hindered_the_relay(blow: Blow, alone: bool) -> None:
    own = Blow("freeze-leader", 99.5, "catalog.1", 130)

    taken_over = HandOver("freeze-leader", "catalog", lost=100, taken=104)

    assert taken_over.alone([own, blow] if blow.kind != "freeze-leader" else [blow]) is alone
