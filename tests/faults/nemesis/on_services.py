"""Faults of the services: killed, killed at a point, frozen, restarted one by one, scaled, with a false clock."""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tests.faults.ground.replicas import Replica, kill_one, signal_all
from tests.faults.nemesis.fault import Doing, Fault, Scene
from tests.faults.nemesis.seat import Seat, lost
from tests.harness.until import until

HOUR_S = 3_600
DYING_S = 8
LOOKS_S = 15
RESTART_S = 60


def _one(scene: Scene, fault: Fault) -> Replica:
    names = [one.name for one in scene.ground.replicas if one.name.startswith(fault.service)]
    return scene.ground.named(fault.choose(names))


def _service(scene: Scene, fault: Fault) -> str:
    return fault.service or fault.choose(list({one.service for one in scene.ground.replicas}))


async def kill(scene: Scene, fault: Fault) -> str:
    return await _kill(scene, fault, _one(scene, fault))


async def _kill(scene: Scene, fault: Fault, hit: Replica, seat: Seat | None = None) -> str:
    async with scene.lock(hit.name):
        hit.wanted = False
        async with lost(seat):
            kill_one(hit.part)
        await scene.wait(fault.lasts)
        hit.wanted = True
    return hit.name


async def kill_at_a_point(scene: Scene, fault: Fault) -> str:
    """Between two steps that belong together, where a random moment would seldom hit."""
    hit = _one(scene, fault)
    async with scene.lock(hit.name):
        hit.wanted = False
        signal_all(hit.part, signal.SIGUSR1)
        await _perhaps(lambda: not hit.part.running, DYING_S)
        kill_one(hit.part)
        hit.wanted = True
    return hit.name


async def freeze(scene: Scene, fault: Fault) -> str:
    return await _freeze(scene, fault, _one(scene, fault))


async def _freeze(scene: Scene, fault: Fault, hit: Replica, seat: Seat | None = None) -> str:
    async with scene.lock(hit.name):
        async with lost(seat):
            signal_all(hit.part, signal.SIGSTOP)
        await scene.wait(fault.lasts)
        signal_all(hit.part, signal.SIGCONT)
    return hit.name


async def kill_leader(scene: Scene, fault: Fault) -> str:
    hit = await _leader(scene, fault)
    return await _kill(scene, fault, hit, _seat(scene, fault, hit)) if hit else "nobody: none leads now"


async def freeze_leader(scene: Scene, fault: Fault) -> str:
    hit = await _leader(scene, fault)
    return await _freeze(scene, fault, hit, _seat(scene, fault, hit)) if hit else "nobody: none leads now"


def _seat(scene: Scene, fault: Fault, hit: Replica) -> Seat:
    standbys = [one for one in scene.ground.of(hit.service) if one is not hit and one.wanted]
    return Seat(
        scene.ground.stack.dsn(hit.service), fault.kind, hit.service, bool(standbys), scene.taken_over
    )


async def freeze_for_good(scene: Scene, service: str) -> str:
    """The leading replica of a service stops and keeps what it has: its sessions, its locks, its partitions."""
    hit = await _leading(scene, service)
    if hit is None:
        return "nobody"
    hit.wanted = False
    signal_all(hit.part, signal.SIGSTOP)
    return hit.name


async def _leader(scene: Scene, fault: Fault) -> Replica | None:
    return await _leading(scene, _service(scene, fault))


async def _leading(scene: Scene, service: str) -> Replica | None:
    """Who carries the outbox of a service right now, by what it says of itself."""
    for one in scene.ground.of(service):
        told = await one.told()
        if told and told.get("leads"):
            return one
    return None


async def restart_one_by_one(scene: Scene, fault: Fault) -> str:
    """SIGTERM, and the next only when this one is ready again; none more once the run is over."""
    service = _service(scene, fault)
    for hit in scene.ground.of(service):
        async with scene.lock(hit.name):
            if not scene.over.is_set():
                await _restart(scene, hit)
    return service


async def _restart(scene: Scene, hit: Replica) -> None:
    process = hit.part.process
    hit.part.ask_to_stop()
    await _perhaps(lambda: process is None or process.poll() is not None, RESTART_S)
    await _perhaps(lambda: scene.over.is_set() or hit.says(), RESTART_S)


async def scale(scene: Scene, fault: Fault) -> str:
    """The group of one service grows to four and shrinks to one, then to what it was."""
    ground = scene.ground
    service = _service(scene, fault)
    before = len(ground.of(service))
    async with scene.lock(f"{service}.group"):
        added = [ground.add(service, number, []) for number in range(before + 1, 5)]
        await scene.wait(max(4.0, fault.lasts / 2))
        leaving = [*added, *ground.of(service)[1:before]]
        for one in leaving:
            one.wanted = False
            one.part.ask_to_stop()
        await scene.wait(max(4.0, fault.lasts / 2))
        for one in leaving:
            await asyncio.to_thread(one.part.stop)
        for one in added:
            ground.replicas.remove(one)
        for one in ground.of(service):
            one.wanted = True
    return service


async def false_clock(scene: Scene, fault: Fault) -> str:
    """A replica more whose own clock is an hour off: it must say that it is not ready."""
    ground = scene.ground
    service = _service(scene, fault)
    added = ground.add(service, 9, ["--skew", str(HOUR_S)])
    try:
        told = await _says(added)
        if told is not None and (told.get("ready") or "clock" not in str(told.get("because"))):
            scene.wrong.append(f"{added.name} has a clock an hour off and says {told}")
    finally:
        ground.replicas.remove(added)
        added.wanted = False
        await asyncio.to_thread(added.part.stop)
    return service


async def _says(hit: Replica) -> dict[str, object] | None:
    """Its readiness once it speaks of its clock, or the last that it said."""
    deadline = time.monotonic() + LOOKS_S
    while time.monotonic() < deadline:
        told = await hit.told()
        if told and "database" not in str(told.get("because")):
            return told
        await asyncio.sleep(0.3)
    return None


async def _perhaps(question: Callable[[], Any], within: float) -> None:
    """Wait for it, but not for ever."""
    with suppress(AssertionError):
        await until(question, within)


KINDS: dict[str, Doing] = {
    "kill": kill,
    "kill-at-a-point": kill_at_a_point,
    "freeze": freeze,
    "kill-leader": kill_leader,
    "freeze-leader": freeze_leader,
    "rolling-restart": restart_one_by_one,
    "scale": scale,
    "false-clock": false_clock,
}
