"""How long from healing a fault until nothing waits any more: events flow all the while, from catalog to orders."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial

import asyncpg

from bench import events
from bench.measure import Figure, say
from bench.stage import Served, Stage
from infra.stack import Part

EVERY_S = 0.1
AT_ONCE = 20
STEADY_S = 1.5
DOWN_S = 2
DEADLINE_S = 90
Fault = Callable[[], Awaitable[None]]
GONE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg raises where the server dies; the last, where it dies between two steps of a COPY."""


async def recovery(stage: Stage, repeats: int) -> list[Figure]:
    stage.empty_topics()
    told, heard = stage.database("catalog", "told"), stage.database("orders", "heard")
    stopping = asyncio.Event()
    async with (
        stage.serving("catalog", told, "catalog") as catalog,
        stage.serving("orders", heard, "orders") as orders,
    ):
        feeding = asyncio.create_task(_feed(told, stopping))
        try:
            faults = _faults(stage, catalog, orders)
            samples = await _all(faults, told, heard, repeats)
        finally:
            stopping.set()
            await feeding
    return [Figure("recovery: heal to lag zero", "s", samples, note=f"{AT_ONCE / EVERY_S:.0f} events/s")]


def _faults(stage: Stage, catalog: Served, orders: Served) -> Mapping[str, Fault]:
    faults: dict[str, Fault] = {
        "consumer kill -9": partial(_killed, orders.part),
        "consumer frozen": partial(_frozen, orders),
        "relay's service kill -9": partial(_killed, catalog.part),
    }
    for part in stage.stack.parts:
        faults[f"{part.name} kill -9"] = partial(_killed, part)
    return faults


async def _all(faults: Mapping[str, Fault], told: str, heard: str, repeats: int) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {name: [] for name in faults}
    for _ in range(repeats):
        for name, fault in faults.items():
            await asyncio.sleep(STEADY_S)
            await _lag_zero(told, heard)
            await fault()
            healed = time.perf_counter()
            await _lag_zero(told, heard)
            samples[name].append(round(time.perf_counter() - healed, 2))
            say(f"recovery, {name}: {samples[name][-1]} s")
    return samples


async def _killed(part: Part) -> None:
    """Healed is when it is started again: its own start is part of the recovery."""
    part.kill()
    await asyncio.sleep(DOWN_S)
    part.spawn()


async def _frozen(served: Served) -> None:
    assert served.part.process is not None
    served.part.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(DOWN_S + 8)  # longer than its session with Kafka and its transaction last
    served.part.process.send_signal(signal.SIGCONT)


async def _lag_zero(told: str, heard: str) -> None:
    """Wait until orders has applied all that catalog has told by now."""
    deadline, told_by_now = time.monotonic() + DEADLINE_S, -1
    while time.monotonic() < deadline:
        with suppress(*GONE):
            if told_by_now < 0:
                told_by_now = await _count(told, "outbox")
            if await _count(heard, "inbox") >= told_by_now:
                return
        await asyncio.sleep(0.02)
    raise RuntimeError(f"orders did not catch up within {DEADLINE_S} s")


async def _count(url: str, table: str) -> int:
    async with events.connected(url) as session:
        return int(await session.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608 - two names of ours


async def _feed(url: str, stopping: asyncio.Event) -> None:
    """New lots into catalog's outbox, whatever happens."""
    while not stopping.is_set():
        with suppress(*GONE):
            async with events.connected(url) as session:
                while not stopping.is_set():
                    some = list(events.rows(AT_ONCE))
                    await session.copy_records_to_table("outbox", records=some, columns=events.COLUMNS)
                    await asyncio.sleep(EVERY_S)
        await asyncio.sleep(EVERY_S)
