"""What a run is: its seed, how long, how many of what, and which faults."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.faults.nemesis.fault import Fault, rounds
from tests.faults.workload.crowd import Habits
from tests.faults.workload.season import Pace

ONE_EACH = {"catalog": 1, "orders": 1, "cooperative": 1, "notify": 1}
CORE = (
    "kill",
    "kill-at-a-point",
    "freeze",
    "kill-leader",
    "freeze-leader",
    "kill-postgres",
    "kill-backend",
    "freeze-postgres",
    "freeze-broker",
    "redeliver",
    "poison",
)
ALL = (
    *CORE,
    "disk-full",
    "kill-broker",
    "restart-brokers",
    "rolling-restart",
    "scale",
    "cut-link",
    "silence-link",
    "slow-link",
    "false-clock",
)


@dataclass(frozen=True)
class Plan:
    """`stalled_s`: a drain in which nothing moves for so long has ended.

    The workload goes on beyond `seconds`, for `more_s` at most, until so many `commits` are acknowledged.
    """

    seed: int
    seconds: float
    commits: int = 0
    more_s: float = 0.0
    kinds: tuple[str, ...] = CORE
    habits: Habits = field(default_factory=Habits)
    hands: int = 1
    longest_s: float = 4.0
    rest_s: tuple[int, int] = (1, 5)
    replicas: Mapping[str, int] = field(default_factory=lambda: ONE_EACH | {"catalog": 2, "cooperative": 2})
    brokers: int = 1
    linked: bool = False
    pace: Pace = field(default_factory=Pace)
    drain_s: float = 120.0
    stalled_s: float = 60.0
    away: str = "cooperative"
    """The service that is down while every deadline passes at the end; the others must keep theirs without it."""
    stays_frozen: str = ""
    """A service whose leading replica is frozen to the end: the others must do all there is without it."""
    rounds: int = 1
    mutant: str | None = None

    def but(self, **changed: object) -> "Plan":
        return replace(self, **changed)  # type: ignore[arg-type]

    def faults(self, number: int) -> list[list[Fault]]:
        """What each hand does in this round, if the time is enough."""
        drawn = random.Random(f"{self.seed}/{number}/faults")
        return rounds(
            drawn, list(self.kinds), self.seconds + self.more_s, self.hands, self.longest_s, self.rest_s
        )


def quick(seed: int) -> Plan:
    """One broker and the core faults, short ones: what every test run can afford."""
    return Plan(seed, seconds=30, habits=Habits(16, 0.25), longest_s=3)


def whole(seed: int) -> Plan:
    """Everything: three brokers, links, two replicas of each service, faults of up to a minute that overlap."""
    return Plan(
        seed,
        seconds=620,
        commits=20_300,
        more_s=110,
        kinds=ALL,
        habits=Habits(56, 0.12),
        hands=2,
        longest_s=60,
        rest_s=(4, 13),
        replicas=dict.fromkeys(ONE_EACH, 2),
        brokers=3,
        linked=True,
        pace=Pace(ordering_s=10, answering_s=5),
        drain_s=240,
        stalled_s=90,
    )
