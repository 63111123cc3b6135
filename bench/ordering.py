"""Orders accepted/s over HTTP; their limits: the same statements by asyncpg behind FastAPI, and by pgbench."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql

from bench import logged, market, pgbench
from bench.measure import Figure, Goal, Measure, interleaved, say
from bench.stage import Stage, answers, in_process
from services.chassis.tokens import DAY, issue

CLIENTS = (1, 8, 32)
GOAL = 0.7
WINDOW = 0


async def ordering(stage: Stage, seconds: float, repeats: int) -> list[Figure]:
    stage.empty_topics()
    urls = {name: stage.database("orders", f"orders_{name}") for name in ("service", "raw", "pgbench")}
    for url in urls.values():
        await market.open_market(url)
    token = issue(stage.key, market.BUYER, lasts=DAY)
    file, script = await _captured(stage, urls["service"], token)
    figures = []
    for clients in CLIENTS:
        contenders: dict[str, Measure] = {
            "service": partial(_service, stage, urls["service"], token, clients, seconds),
            "raw asyncpg": partial(_raw, stage, urls["raw"], file, clients, seconds),
            "pgbench": partial(pgbench.run, urls["pgbench"], script, clients, seconds),
        }
        if clients == CLIENTS[-1]:
            alone = partial(_service, stage, urls["service"], token, clients, seconds, kafka="")
            contenders["service without its relay"] = alone
        samples = await interleaved(contenders, repeats, f"orders, {clients} clients, per s")
        goals = [Goal("service", "raw asyncpg", GOAL)] if clients == CLIENTS[-1] else []
        figures.append(Figure(f"orders accepted, {clients} clients", "orders/s", samples, goals))
    return figures


async def _captured(stage: Stage, url: str, token: str) -> tuple[Path, Path]:
    """One order with every statement logged; once more, as the caches of the first are cold."""
    name = url.rpartition("/")[2]
    log = stage.home.log("postgres")
    with _logging(stage, name):
        async with stage.serving("orders", url, "orders", pool_size="2", kafka="") as served:
            for _ in range(3):
                offset = log.stat().st_size
                told = {"address": served.part.address, "token": token, "window": WINDOW}
                answer = json.loads(await in_process("bench.http_client:once", **told))
    statements = logged.read(log, offset, name)
    say(f"one order is {len(statements)} statements")
    file, script = stage.home.root / "one-order.json", stage.home.root / "one-order.sql"
    window = str(market.window_id(WINDOW))
    kept = {"window": window, "answer": answer, "statements": [asdict(one) for one in statements]}
    file.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    script.write_text(pgbench.script(statements, window), encoding="utf-8")
    return file, script


@contextmanager
def _logging(stage: Stage, database: str) -> Iterator[None]:
    """PostgreSQL logs every statement of new sessions on this database, within the block."""
    with psycopg.connect(stage.stack.admin_dsn(), autocommit=True) as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("ALTER DATABASE {} SET log_statement = 'all'").format(name))
        try:
            yield
        finally:
            connection.execute(sql.SQL("ALTER DATABASE {} RESET log_statement").format(name))


async def _service(
    stage: Stage, url: str, token: str, clients: int, seconds: float, **settings: str
) -> float:
    async with stage.serving("orders", url, "orders", **settings) as served:
        return await _load(served.part.address, token, clients, seconds)


async def _raw(stage: Stage, url: str, file: Path, clients: int, seconds: float) -> float:
    part = stage.part("raw-orders", ["bench.raw_orders", str(file)], url, {})
    part.spawn()
    try:
        await answers(part)
        return await _load(part.address, "none", clients, seconds)
    finally:
        await asyncio.to_thread(part.stop)


async def _load(address: str, token: str, clients: int, seconds: float) -> float:
    told = {"address": address, "token": token, "clients": clients, "seconds": seconds}
    return float(await in_process("bench.http_client:load", **told))
