"""Faults of what the services stand on: PostgreSQL, its backends, the brokers, and the links to them."""

import asyncio
import random
import signal
import time

import psutil

from infra.stack.part import Part
from tests.faults.ground.replicas import kill_one, signal_all
from tests.faults.nemesis.fault import Doing, Fault, Scene

UP_S = 90
SLOW_S = 0.2
POSTGRES = "postgres"


async def kill_postgres(scene: Scene, fault: Fault) -> str:
    return await _kill(scene, min(fault.lasts, 10), scene.ground.stack.part(POSTGRES), POSTGRES)


async def freeze_postgres(scene: Scene, fault: Fault) -> str:
    return await _freeze(scene, fault.lasts, scene.ground.stack.part(POSTGRES), POSTGRES)


async def kill_backend(scene: Scene, fault: Fault) -> str:
    """With -9: PostgreSQL then ends all others too, and recovers."""
    async with scene.lock(POSTGRES):
        process = scene.ground.stack.part(POSTGRES).process
        if process is not None:
            backends = [one for one in psutil.Process(process.pid).children() if _is_backend(one)]
            if backends:
                random.Random(fault.dice).choice(backends).kill()
        await _up(scene, scene.ground.stack.part(POSTGRES))
    return "a backend"


async def kill_broker(scene: Scene, fault: Fault) -> str:
    return await _kill(scene, fault.lasts, _broker(scene, fault), "brokers")


async def freeze_broker(scene: Scene, fault: Fault) -> str:
    return await _freeze(scene, fault.lasts, _broker(scene, fault), "brokers")


async def restart_brokers(scene: Scene, fault: Fault) -> str:
    """One after another, each asked to stop, and the next only when this one answers and the run is not over."""
    done = []
    async with scene.lock("brokers"):
        for part in [part for part in scene.ground.stack.parts if part.name.startswith("kafka")]:
            if not scene.over.is_set():
                await asyncio.to_thread(part.stop)
                await _up(scene, part)
                done.append(part.name)
    return ", ".join(done) or "nobody: the run is over"


async def fill_disk(scene: Scene, fault: Fault) -> str:
    """Where PostgreSQL has a small disk of its own. It may end itself when it cannot write, and is started again."""
    disk = scene.ground.stack.disk
    if not disk.mounted:
        return "nobody: no small disk could be mounted here"
    async with scene.lock(POSTGRES):
        await asyncio.to_thread(disk.fill)
        await scene.wait(min(fault.lasts, 15))
        disk.free()
        await _up(scene, scene.ground.stack.part(POSTGRES))
    return POSTGRES


async def cut_link(scene: Scene, fault: Fault) -> str:
    """Connections end, and no new ones come up."""
    link = scene.ground.links[fault.choose(list(scene.ground.links))]
    async with scene.lock(f"link {link.name}"):
        link.cut()
        await scene.wait(min(fault.lasts, 15))
        link.heal()
    return link.name


async def silence_link(scene: Scene, fault: Fault) -> str:
    """Connections stay, and nothing comes through."""
    link = scene.ground.links[fault.choose(list(scene.ground.links))]
    async with scene.lock(f"link {link.name}"):
        link.silence()
        await scene.wait(min(fault.lasts, 15))
        link.heal()
    return link.name


async def slow_link(scene: Scene, fault: Fault) -> str:
    link = scene.ground.links[fault.choose(list(scene.ground.links))]
    async with scene.lock(f"link {link.name}"):
        link.slow_s = SLOW_S
        await scene.wait(min(fault.lasts, 15))
        link.heal()
    return link.name


def _broker(scene: Scene, fault: Fault) -> Part:
    names = [part.name for part in scene.ground.stack.parts if part.name.startswith("kafka")]
    return scene.ground.stack.part(fault.choose(names))


def _is_backend(process: psutil.Process) -> bool:
    try:
        return "127.0.0.1(" in " ".join(process.cmdline())
    except psutil.Error:
        return False


async def _kill(scene: Scene, lasts: float, part: Part, lock: str) -> str:
    async with scene.lock(lock):
        kill_one(part)
        await scene.wait(lasts)
        await _up(scene, part)
    return part.name


async def _freeze(scene: Scene, lasts: float, part: Part, lock: str) -> str:
    async with scene.lock(lock):
        signal_all(part, signal.SIGSTOP)
        await scene.wait(lasts)
        signal_all(part, signal.SIGCONT)
    return part.name


async def _up(scene: Scene, part: Part) -> None:
    """Started as often as it takes: what a killed one leaves behind goes away within moments."""
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline:
        if not part.running:
            part.spawn()
        if await asyncio.to_thread(part.answers):
            scene.ground.stack.remember()
            return
        await asyncio.sleep(0.3)
    scene.wrong.append(f"{part.name} did not come up again within {UP_S} s")


KINDS: dict[str, Doing] = {
    "kill-postgres": kill_postgres,
    "freeze-postgres": freeze_postgres,
    "kill-backend": kill_backend,
    "disk-full": fill_disk,
    "kill-broker": kill_broker,
    "freeze-broker": freeze_broker,
    "restart-brokers": restart_brokers,
    "cut-link": cut_link,
    "silence-link": silence_link,
    "slow-link": slow_link,
}
