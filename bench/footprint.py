"""Memory of each process, idle and loaded, and how long each takes from its start to ready."""

import asyncio
from contextlib import AsyncExitStack

from bench import market
from bench.measure import Figure
from bench.stage import Served, Stage, in_process
from infra.services import SERVICES
from infra.stack.part import memory_of
from services.chassis.tokens import DAY, issue

MIB = 2**20
IDLE_S = 3
CLIENTS = 8


async def footprint(stage: Stage, seconds: float, repeats: int) -> list[Figure]:
    stage.empty_topics()
    urls = {name: stage.database(name, f"foot_{name}") for name in SERVICES}
    await market.open_market(urls["orders"])
    idle: dict[str, list[float]] = {}
    loaded: dict[str, list[float]] = {}
    ready: dict[str, list[float]] = {}
    for _ in range(repeats):
        async with AsyncExitStack() as stacked:
            served = {
                name: await stacked.enter_async_context(stage.serving(name, url, name))
                for name, url in urls.items()
            }
            for name, one in served.items():
                ready.setdefault(name, []).append(round(one.ready_after, 2))
            await asyncio.sleep(IDLE_S)
            _note(idle, stage, served)
            await _load(stage, served["orders"], seconds)
            _note(loaded, stage, served)
    orders = f"{CLIENTS} clients ordering"
    return [
        Figure("start to ready", "s", ready),
        Figure("memory, idle", "MiB", idle),
        Figure("memory, loaded", "MiB", loaded, note=orders),
    ]


async def _load(stage: Stage, orders: Served, seconds: float) -> None:
    token = issue(stage.key, market.BUYER, lasts=DAY)
    told = {"address": orders.part.address, "token": token, "clients": CLIENTS, "seconds": seconds}
    await in_process("bench.http_client:load", **told)


def _note(kept: dict[str, list[float]], stage: Stage, served: dict[str, Served]) -> None:
    pids = {name: one.pid for name, one in served.items()}
    pids |= {one.name: one.pid for one in stage.stack.status() if one.pid}
    for name, pid in pids.items():
        kept.setdefault(name, []).append(round(memory_of(pid) / MIB))
