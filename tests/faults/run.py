"""One run: workload and faults side by side, then healed, drained, and judged."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from infra.clock import read_offset
from infra.services import SERVICES
from infra.topics import ASYNCAPI
from tests.faults.checker import Evidence, Violation, judge
from tests.faults.checker.gather import contract, gather
from tests.faults.drain import Left, drain
from tests.faults.ground.ground import Ground
from tests.faults.history import History
from tests.faults.nemesis.fault import Scene, rounds
from tests.faults.nemesis.hands import Nemesis
from tests.faults.plan import Plan
from tests.faults.workload.client import Clients
from tests.faults.workload.crowd import crowd
from tests.faults.workload.season import Season
from tests.faults.workload.village import Village, found

HISTORY, TIMELINE = "history.jsonl", "timeline.jsonl"


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
    evidence: Evidence
    seconds: dict[str, float] = field(default_factory=dict)
    days: int = 0

    @property
    def passed(self) -> bool:
        return not self.violations and not self.wrong


@dataclass
class Run:
    """Everything of one run on a ground that has started and is clean."""

    plan: Plan
    ground: Ground
    folder: Path

    async def play(self) -> Outcome:
        """Start the replicas, let it happen, end them again."""
        seconds, began = dict[str, float](), time.monotonic()
        arming = {name: ["--mutant", self.plan.mutant] for name in SERVICES} if self.plan.mutant else {}
        await self.ground.run(self.plan.replicas, arming)
        seconds["start"] = time.monotonic() - began
        history = History(self.folder / HISTORY)
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
        try:
            async with httpx.AsyncClient(limits=limits) as http:
                return await self._play(history, http, seconds)
        finally:
            await self.ground.end_replicas()

    async def _play(self, history: History, http: httpx.AsyncClient, seconds: dict[str, float]) -> Outcome:
        plan, seed = self.plan, f"{self.plan.seed}"
        clients = Clients(self.ground.urls, history, http, random.Random(f"{seed}/clients"))
        village = Village(
            clients, self.ground.home, self.ground.key, random.Random(f"{seed}/village"), sellers=9, buyers=8
        )
        await found(village)
        season = Season(village, self.ground.timeline, plan.pace, random.Random(f"{seed}/season"))
        scene = Scene(self.ground)
        drawn = random.Random(f"{seed}/faults")
        nemesis = Nemesis(scene, rounds(drawn, list(plan.kinds), plan.seconds, plan.hands, plan.longest_s))
        began = time.monotonic()
        await self._work(village, season, nemesis)
        seconds["workload"] = time.monotonic() - began
        return await self._settle(village, season, nemesis, seconds)

    async def _work(self, village: Village, season: Season, nemesis: Nemesis) -> None:
        over = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(crowd(village, str(self.plan.seed), self.plan.clients, over, self.plan.pause_s))
            tasks.create_task(season.run(over))
            tasks.create_task(nemesis.run())
            tasks.create_task(_watch_victims(village, nemesis.scene, over))
            await asyncio.sleep(self.plan.seconds)
            nemesis.scene.over.set()
            over.set()

    async def _settle(
        self, village: Village, season: Season, nemesis: Nemesis, seconds: dict[str, float]
    ) -> Outcome:
        """Healed by now: drain, let every deadline pass, drain again, and judge."""
        plan, ground, scene = self.plan, self.ground, nemesis.scene
        began = time.monotonic()
        await ground.all_ready(plan.drain_s)
        reads = _reads()
        left = await drain(ground, plan.drain_s, plan.stalled_s, reads, scene.victims)
        if not left:
            season.end()
            left = await drain(ground, plan.drain_s, plan.stalled_s, reads, scene.victims)
        ground.timeline.note("drained", "all", str(left) if left else "")
        seconds["drain"] = time.monotonic() - began
        began = time.monotonic()
        evidence = await gather(
            {service: ground.stack.dsn(service) for service in SERVICES},
            ground.stack.kafka,
            described=ASYNCAPI,
            history=village.clients.history.file,
            offset_s=read_offset(ground.home.clock),
            injected=scene.injected,
        )
        violations = judge(evidence)
        seconds["check"] = time.monotonic() - began
        return Outcome(
            plan, violations, scene.wrong, left, village.clients.history, nemesis.done, dict(nemesis.slowest),
            evidence, seconds, season.days,
        )  # fmt: skip


def _reads() -> dict[str, set[str]]:
    _, receives = contract(ASYNCAPI)
    return {service: set(takes.values()) for service, takes in receives.items()}


async def _watch_victims(village: Village, scene: Scene, over: asyncio.Event) -> None:
    """Lots that no window asks for may have their key made unreadable."""
    while not over.is_set():
        scene.victims = [lot.id for lot in list(village.lots) if not lot.sold]
        await asyncio.sleep(0.5)
