"""Where a run is played: the workload and the faults side by side, then healed, drained, and judged."""

import asyncio
import signal
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from infra.clock import read_offset
from infra.services import SERVICES
from infra.topics import ASYNCAPI
from tests.faults.checker import Evidence, Violation, judge
from tests.faults.checker.deadlines import judge_deadlines
from tests.faults.checker.gather import contract, gather
from tests.faults.drain import Left, drain
from tests.faults.ground.ground import Ground
from tests.faults.ground.replicas import kill_one, signal_all
from tests.faults.history import History
from tests.faults.nemesis.fault import Scene
from tests.faults.nemesis.hands import Nemesis
from tests.faults.nemesis.on_services import freeze_for_good
from tests.faults.plan import Plan
from tests.faults.workload.crowd import crowd
from tests.faults.workload.season import Season
from tests.faults.workload.village import Village

FROZEN_S = 5
ENOUGH_EVERY_S = 2


@dataclass
class Outcome:
    """What came of a run."""

    plan: Plan
    violations: list[Violation]
    wrong: list[str]
    left: Left
    history: History
    faults: Counter[str]
    recovery: dict[str, float]
    hand_overs: dict[str, dict[str, float]]
    evidence: Evidence
    seconds: dict[str, float] = field(default_factory=dict)
    days: int = 0

    @property
    def passed(self) -> bool:
        return not self.violations and not self.wrong


@dataclass
class Stage:
    """Where rounds are played: the workload and the faults, then the drains, then the judgement."""

    plan: Plan
    ground: Ground
    village: Village
    season: Season
    nemesis: Nemesis
    evidence: Evidence = field(init=False)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    async def round(self, number: int) -> Outcome:
        """Judged three times: drained; with one service away while deadlines pass; and with all of them again."""
        async with self._timed("workload"):
            await self._work(number)
        async with self._timed("drain"):
            left = await self._drained()
        if violations := await self._judged():
            return self._outcome(violations, left)
        if violations := await self._without(self.plan.away):
            return self._outcome(violations, left)
        self._thaw()
        async with self._timed("drain"):
            left = await self._drained()
        return self._outcome(await self._judged(), left)

    async def _work(self, number: int) -> None:
        over, scene = asyncio.Event(), self.nemesis.scene
        scene.over.clear()
        plan, seed = self.plan, f"{self.plan.seed}/{number}"
        self.nemesis.rows = plan.faults(number)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(crowd(self.village, seed, plan.habits, over))
            tasks.create_task(self.season.run(over))
            tasks.create_task(self.nemesis.run())
            tasks.create_task(_watch_victims(self.village, scene, over))
            await asyncio.sleep(plan.seconds)
            await self._enough()
            await self._leave_frozen()
            scene.over.set()
            over.set()

    async def _enough(self) -> None:
        history = self.village.clients.history
        for _ in range(int(self.plan.more_s / ENOUGH_EVERY_S)):
            if history.outcomes["acknowledged"] >= self.plan.commits:
                return
            await asyncio.sleep(ENOUGH_EVERY_S)

    async def _leave_frozen(self) -> None:
        if self.plan.stays_frozen:
            hit = await freeze_for_good(self.nemesis.scene, self.plan.stays_frozen)
            self.ground.timeline.note("frozen", hit, "to the end of the round")
            await asyncio.sleep(FROZEN_S)

    def _thaw(self) -> None:
        """Who was frozen for good wakes up, and still believes that it leads."""
        for one in self.ground.replicas:
            if not one.wanted:
                signal_all(one.part, signal.SIGCONT)
                one.wanted = True

    async def _drained(self, without: str = "") -> Left:
        """Healed, ready, and nothing under way; or as far as it gets."""
        plan = self.plan
        await self.ground.all_ready(plan.drain_s)
        self.nemesis.stop_watching()
        reads = _reads(without)
        left = await drain(self.ground, plan.drain_s, plan.stalled_s, reads, self.nemesis.scene.poisoned)
        self.ground.timeline.note(
            "drained", f"all but {without}" if without else "all", str(left) if left else ""
        )
        return left

    async def _without(self, away: str) -> list[Violation]:
        """Every deadline passes while one service is down: what the others decide by themselves has to happen."""
        gone = self.ground.of(away)
        for one in gone:
            one.wanted = False
            kill_one(one.part)
        self.ground.timeline.note("away", away, "while every deadline passes")
        self.season.end()
        async with self._timed("away"):
            await self._drained(away)
            evidence = await self._evidence()
        del evidence.services[away]
        for one in gone:
            one.wanted = True
        return list(judge_deadlines(evidence))

    async def _judged(self) -> list[Violation]:
        async with self._timed("check"):
            self.evidence = await self._evidence()
            return judge(self.evidence)

    async def _evidence(self) -> Evidence:
        return await gather(
            {service: self.ground.stack.dsn(service) for service in SERVICES},
            self.ground.stack.kafka,
            described=ASYNCAPI,
            history=self.village.clients.history.file,
            offset_s=read_offset(self.ground.home.clock),
            injected=self.nemesis.scene.injected,
        )

    def _outcome(self, violations: list[Violation], left: Left) -> Outcome:
        nemesis = self.nemesis
        return Outcome(
            self.plan, violations, nemesis.scene.wrong, left, self.village.clients.history, nemesis.done,
            dict(nemesis.slowest), nemesis.hand_overs(), self.evidence, dict(self.seconds), self.season.days,
        )  # fmt: skip

    @asynccontextmanager
    async def _timed(self, what: str) -> AsyncIterator[None]:
        began = time.monotonic()
        yield
        self.seconds[what] += time.monotonic() - began


def _reads(without: str) -> dict[str, set[str]]:
    """Which topics each service reads, without the one that is away."""
    _, receives = contract(ASYNCAPI)
    return {service: set(takes.values()) for service, takes in receives.items() if service != without}


async def _watch_victims(village: Village, scene: Scene, over: asyncio.Event) -> None:
    """Lots that no window asks for may have their key made unreadable; those are then changed more often."""
    while not over.is_set():
        aside = [lot for lot in list(village.lots) if not lot.sold]
        scene.victims = [lot.id for lot in aside]
        village.poisoned = [lot for lot in aside if lot.id in scene.poisoned]
        await asyncio.sleep(0.5)
