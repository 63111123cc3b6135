"""The hands that do the faults, and how long the system took to recover from each."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.faults.nemesis import on_services, on_stack, on_topics
from tests.faults.nemesis.fault import Blow, Doing, Fault, Scene

KINDS: Mapping[str, Doing] = {**on_services.KINDS, **on_stack.KINDS, **on_topics.KINDS}
LOOK_S = 0.5
RECOVERY_S = 90
MOST_S = 200


@dataclass
class Nemesis:
    """`rows` has the faults of each hand. Recovered is when every replica that should run says it is ready."""

    scene: Scene
    rows: list[list[Fault]]
    done: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _healed: list[tuple[str, float]] = field(default_factory=list)
    _looking: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """All hands side by side, until their rows or the run are over. What recovers is watched beyond that."""
        began = time.monotonic()
        self._looking = asyncio.create_task(self._look())
        async with asyncio.TaskGroup() as hands:
            for row in self.rows:
                hands.create_task(self._hand(row, began))

    def stop_watching(self) -> None:
        """Who has not recovered by now is not waited for."""
        if self._looking is not None:
            self._looking.cancel()

    async def _hand(self, row: list[Fault], began: float) -> None:
        for fault in row:
            await self.scene.wait(max(0.0, began + fault.at - time.monotonic()))
            if self.scene.over.is_set():
                return
            await self._do(fault)

    async def _do(self, fault: Fault) -> None:
        timeline = self.scene.ground.timeline
        timeline.note("begins", fault.kind, f"for {fault.lasts} s")
        blow = Blow(fault.kind, time.monotonic())
        self.scene.blows.append(blow)
        try:
            blow.hit = await asyncio.wait_for(KINDS[fault.kind](self.scene, fault), MOST_S)
        except Exception as error:
            # what the suite itself could not do says nothing about the system
            self.done[f"{fault.kind} (not done)"] += 1
            timeline.note("failed", fault.kind, f"{type(error).__name__}: {error}")
            return
        finally:
            blow.ended = time.monotonic()
        self.done[f"{fault.kind} (nobody hit)" if blow.hit.startswith("nobody") else fault.kind] += 1
        timeline.note("healed", fault.kind, blow.hit)
        self._healed.append((fault.kind, time.monotonic()))

    async def _look(self) -> None:
        """One round of questions answers for every fault that was healed before it began."""
        while True:
            asked = time.monotonic()
            if self._healed and await self._all_ready():
                for kind, healed in [one for one in self._healed if one[1] <= asked]:
                    self._recovered(kind, time.monotonic() - healed)
                self._healed = [one for one in self._healed if one[1] > asked]
            self._healed = [one for one in self._healed if asked - one[1] < RECOVERY_S]
            await asyncio.sleep(LOOK_S)

    async def _all_ready(self) -> bool:
        wanted = [one for one in self.scene.ground.replicas if one.wanted]
        return all(await asyncio.gather(*[one.says() for one in wanted]))

    def _recovered(self, kind: str, took: float) -> None:
        self.slowest[kind] = max(self.slowest[kind], round(took, 1))
        self.scene.ground.timeline.note("recovered", kind, f"after {took:.1f} s")

    def hand_overs(self) -> dict[str, dict[str, float]]:
        """By kind of fault: how many there were and the slowest, of all and of those without another fault beside."""
        told = dict[str, dict[str, float]]()
        for one in self.scene.taken_over:
            kept = told.setdefault(one.kind, {"all": 0, "slowest": 0.0, "alone": 0, "slowest alone": 0.0})
            kept["all"] += 1
            kept["slowest"] = max(kept["slowest"], one.seconds)
            if one.alone(self.scene.blows):
                kept["alone"] += 1
                kept["slowest alone"] = max(kept["slowest alone"], one.seconds)
        return told
