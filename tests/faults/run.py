"""One run, from replicas that start to replicas that ended: found a village, play rounds until one is judged wrong."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from infra.services import SERVICES
from tests.faults.ground.ground import Ground
from tests.faults.history import History
from tests.faults.nemesis.fault import Scene
from tests.faults.nemesis.hands import Nemesis
from tests.faults.plan import Plan
from tests.faults.stage import Outcome, Stage
from tests.faults.workload.client import Clients
from tests.faults.workload.season import Season
from tests.faults.workload.village import Village, found

HISTORY, TIMELINE = "history.jsonl", "timeline.jsonl"


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
        await self._found(village)
        season = Season(village, self.ground.timeline, plan.pace, random.Random(f"{seed}/season"))
        scene = Scene(self.ground)
        nemesis = Nemesis(scene, [])
        stage = Stage(self.plan, self.ground, village, season, nemesis)
        for number in range(plan.rounds):
            outcome = await stage.round(number)
            if not outcome.passed:
                break
        outcome.seconds = seconds | outcome.seconds
        return outcome

    async def _found(self, village: Village) -> None:
        """A bad design may lose the founding itself: what it lost is then judged like anything else."""
        try:
            await found(village)
        except AssertionError as never:
            if self.plan.mutant is None:
                raise
            self.ground.timeline.note("failed", "founding", str(never))
