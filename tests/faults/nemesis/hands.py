"""The hands that do the faults, and how long the system took to recover from each."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.faults.nemesis import on_services, on_stack, on_topics
from tests.faults.nemesis.fault import Doing, Fault, Scene

KINDS: Mapping[str, Doing] = {**on_services.KINDS, **on_stack.KINDS, **on_topics.KINDS}
RECOVERY_S = 90
MOST_S = 200


@dataclass
class Nemesis:
    """`rows` has the faults of each hand. Recovered is when every replica that should run says it is ready."""

    scene: Scene
    rows: list[list[Fault]]
    done: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _watching: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """All hands side by side, until their rows or the run are over. What recovers is watched beyond that."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as hands:
            for row in self.rows:
                hands.create_task(self._hand(row, began))

    def stop_watching(self) -> None:
        """Who has not recovered by now is not waited for."""
        for watching in self._watching:
            watching.cancel()

    async def _hand(self, row: list[Fault], began: float) -> None:
        for fault in row:
            await self.scene.wait(max(0.0, began + fault.at - time.monotonic()))
            if self.scene.over.is_set():
                return
            await self._do(fault)

    async def _do(self, fault: Fault) -> None:
        timeline = self.scene.ground.timeline
        timeline.note("begins", fault.kind, f"for {fault.lasts} s")
        try:
            hit = await asyncio.wait_for(KINDS[fault.kind](self.scene, fault), MOST_S)
        except Exception as error:
            # what the suite itself could not do says nothing about the system
            timeline.note("failed", fault.kind, f"{type(error).__name__}: {error}")
            return
        self.done[f"{fault.kind} (nobody hit)" if hit.startswith("nobody") else fault.kind] += 1
        timeline.note("healed", fault.kind, hit)
        watching = asyncio.create_task(self._recovered(fault.kind))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)

    async def _recovered(self, kind: str) -> None:
        began = time.monotonic()
        while time.monotonic() - began < RECOVERY_S:
            ready = [await one.says() for one in list(self.scene.ground.replicas) if one.wanted]
            if all(ready):
                took = round(time.monotonic() - began, 1)
                self.slowest[kind] = max(self.slowest[kind], took)
                self.scene.ground.timeline.note("recovered", kind, f"after {took} s")
                return
            await asyncio.sleep(0.5)
