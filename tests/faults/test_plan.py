"""What the seeds of a whole run draw, told without running it: every kind of fault, and every service by each."""

import pytest

from infra.services import SERVICES
from tests.faults.__main__ import SEEDS
from tests.faults.nemesis.fault import Fault
from tests.faults.nemesis.hands import KINDS
from tests.faults.plan import ALL, whole

ON_SERVICES = {
    "killed": {"kill", "kill-leader", "kill-at-a-point"},
    "frozen": {"freeze", "freeze-leader"},
    "restarted one by one": {"rolling-restart"},
    "scaled": {"scale"},
}
LINKS = ("kafka.1", "kafka.2", "kafka.3", "postgres")


def early(seed: int) -> list[Fault]:
    """What begins in the first two thirds, if all goes by plan: a hand that waits for recovery comes to less."""
    plan = whole(seed)
    return [fault for row in plan.faults(0) for fault in row if fault.at < plan.seconds * 2 / 3]


def drawn() -> list[Fault]:
    return [fault for seed in SEEDS for fault in early(seed)]


def hit(fault: Fault) -> str:
    """The service that a fault on a replica or on a service hits while all are there."""
    replicas = [f"{service}.{number}" for service in SERVICES for number in (1, 2)]
    chosen = fault.choose(replicas if fault.kind in {"kill", "freeze", "kill-at-a-point"} else list(SERVICES))
    return chosen.partition(".")[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_kind_of_fault_that_there_is_is_drawn_with_every_seed(seed: int) -> None:
    assert {fault.kind for fault in early(seed)} == set(ALL) == set(KINDS)


@pytest.mark.parametrize("done", ON_SERVICES)
def test_every_service_is_hit(done: str) -> None:
    assert {hit(fault) for fault in drawn() if fault.kind in ON_SERVICES[done]} == set(SERVICES)


@pytest.mark.parametrize("kind", ["cut-link", "silence-link", "slow-link"])
def test_links_to_postgres_and_to_brokers_are_hit(kind: str) -> None:
    links = {fault.choose(list(LINKS)).partition(".")[0] for fault in drawn() if fault.kind == kind}

    assert links == {"postgres", "kafka"}


def test_faults_last_up_to_a_minute_and_overlap() -> None:
    rows = whole(SEEDS[0]).faults(0)

    assert max(fault.lasts for row in rows for fault in row) > 50
    assert any(one.at < other.at < one.at + one.lasts for one in rows[0] for other in rows[1])


def test_the_same_seed_draws_the_same_faults_and_another_seed_others() -> None:
    assert whole(1).faults(0) == whole(1).faults(0) != whole(2).faults(0)
