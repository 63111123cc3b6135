"""`python -m bench.raw_orders FILE`: asyncpg behind the same FastAPI, saying what PostgreSQL logged for one order."""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI

from bench import replay
from bench.logged import Statement
from services.orders.api.bodies import NewOrder
from services.orders.api.views import OrderView

POOL = 10
"""As large as the service's."""


def build(url: str, told: dict[str, Any]) -> FastAPI:
    statements = [Statement(one["sql"], tuple(one["parameters"])) for one in told["statements"]]
    body = [one for one in statements if not one.sql.startswith(("BEGIN", "COMMIT"))]
    made, answer = replay.ids(statements, told["window"]), OrderView.model_validate(told["answer"])

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=POOL, max_size=POOL) as pool:
            async with pool.acquire() as session:
                app.state.kinds = [await _kinds(session, one.sql) for one in body]
            app.state.pool = pool
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/orders", status_code=201)
    async def place_order(new: NewOrder) -> OrderView:  # noqa: ARG001 - read and checked, as the service does
        names = replay.renamed(made, told["window"])
        async with app.state.pool.acquire() as session, session.transaction():
            for one, kinds in zip(body, app.state.kinds, strict=True):
                values = [replay.value(*each, names) for each in zip(one.parameters, kinds, strict=True)]
                if "pg_advisory_xact_lock" in one.sql:
                    values = replay.locked(values, replay.buckets(names))
                await session.fetch(one.sql, *values)
        return answer

    @app.get("/health/ready")
    async def ready() -> str:
        return "yes"

    return app


async def _kinds(session: Any, sql: str) -> list[str]:
    return [one.name for one in (await session.prepare(sql)).get_parameters()]


def main(file: str) -> None:
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    app = build(os.environ["LUMBUNG_DATABASE_URL"], told)
    port = int(os.environ["LUMBUNG_HTTP_PORT"])
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_config=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
