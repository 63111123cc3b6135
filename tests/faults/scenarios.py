"""On what each known-bad design could be seen: few scenarios, so that the unmutated system passes them all too."""

from collections.abc import Mapping

from tests.faults.plan import ONE_EACH, Plan
from tests.faults.workload.crowd import Habits
from tests.faults.workload.season import Pace

SEEDS = (1, 2, 3)
MOST_ROUNDS = 6
SHARING_S = 12
"""Longer than a busy machine takes to share a book, in which nothing else need move."""
GROUP_S = 14
"""Longer than Kafka waits for a member of a group that is gone, in which nothing need move."""


def _brief(seed: int, seconds: float, **more: object) -> Plan:
    """Short, and given up early: a mutant may never come to rest."""
    plan = Plan(seed, seconds, habits=Habits(16, 0.1), drain_s=60, stalled_s=6, pace=Pace(5, 2))
    return plan.but(**({"replicas": ONE_EACH} | more))


def crowded(seed: int) -> Plan:
    """No fault but unreadable records: many who change the same things, and deadlines that pass by hours."""
    return _brief(
        seed, 12, kinds=("poison",), longest_s=1, habits=Habits(24, 0.08, contending=4), stalled_s=SHARING_S
    )


def dying(seed: int) -> Plan:
    """Processes killed again and again, between any two steps."""
    kinds = (
        "kill-at-a-point",
        "kill",
        "kill:cooperative",
        "kill-at-a-point:catalog",
        "kill-at-a-point:cooperative",
    )
    return _brief(seed, 16, kinds=kinds, longest_s=2, hands=2, stalled_s=GROUP_S)


def silent(seed: int) -> Plan:
    """A broker that stands still for a while, and a leader that does so to the end."""
    two = ONE_EACH | {"catalog": 2}
    return _brief(
        seed, 12, kinds=("freeze-broker",), longest_s=6, replicas=two, stays_frozen="catalog", stalled_s=GROUP_S
    )  # fmt: skip


def behind(seed: int) -> Plan:
    """Cooperative is down while much is said and several books close, and then reads it all at once."""
    busy = Habits(24, 0.06, contending=2)
    return _brief(
        seed, 18, kinds=("kill:cooperative",), longest_s=8, habits=busy, pace=Pace(4, 2, 4), stalled_s=GROUP_S
    )  # fmt: skip


SCENARIOS = {"crowded": crowded, "dying": dying, "silent": silent, "behind": behind}
MUTANTS: Mapping[str, str] = {
    "cursor_by_id": "crowded",
    "cursor_by_time": "crowded",
    "ack_first": "dying",
    "offset_before_database": "dying",
    "inbox_apart": "dying",
    "no_locks": "crowded",
    "locks_late": "crowded",
    "skips_failed_send": "silent",
    "two_relays": "crowded",
    "leader_for_life": "silent",
    "parked_key_passes": "crowded",
    "idempotency_apart": "dying",
    "sweep_looks_back_an_hour": "crowded",
    "hold_without_end": "crowded",
    "shares_incomplete_book": "behind",
}
"""Known-bad designs, and the scenario that could show each."""
