"""`python -m bench.raw_orders FILE`: asyncpg behind the same FastAPI, saying what PostgreSQL logged for one order."""

import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn
from fastapi import FastAPI

from bench import replay
from bench.logged import Statement
from services.orders.api.bodies import NewOrder
from services.orders.api.views import OrderView

POOL = 20
"""As large as the service's."""


@dataclass(frozen=True)
class Said:
    """One statement of an order, and how its values are made for another."""

    sql: str
    forms: list[Callable[[Mapping[str, str]], Any]]

    @property
    def locks(self) -> bool:
        return "pg_advisory_xact_lock" in self.sql

    def values(self, names: Mapping[str, str]) -> list[Any]:
        made = [form(names) for form in self.forms]
        return replay.locked(made, replay.buckets(names)) if self.locks else made


def build(url: str, told: dict[str, Any]) -> FastAPI:
    statements = [Statement(one["sql"], tuple(one["parameters"])) for one in told["statements"]]
    window, answer = told["window"], OrderView.model_validate(told["answer"])
    made = replay.ids(statements, window)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=POOL, max_size=POOL) as pool:
            app.state.pool, app.state.order = pool, await _prepared(pool, statements, [*made, window])
            yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/orders", status_code=201)
    async def place_order(new: NewOrder) -> OrderView:  # noqa: ARG001 - read and checked, as the service does
        names = replay.renamed(made, window)
        async with app.state.pool.acquire() as session, session.transaction():
            for said in app.state.order:
                await session.fetch(said.sql, *said.values(names))
        return answer

    app.get("/health/ready")(_ready)
    return app


async def _ready() -> str:
    return "yes"


async def _prepared(pool: Any, statements: Sequence[Statement], made: Sequence[str]) -> list[Said]:
    """What an order says between BEGIN and COMMIT, which asyncpg says itself."""
    body = [one for one in statements if not one.sql.startswith(("BEGIN", "COMMIT"))]
    async with pool.acquire() as session:
        kinds = [(await session.prepare(one.sql)).get_parameters() for one in body]
    return [
        Said(
            one.sql,
            [replay.form(text, kind.name, made) for text, kind in zip(one.parameters, of, strict=True)],
        )
        for one, of in zip(body, kinds, strict=True)
    ]


def main(file: str) -> None:
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    app = build(os.environ["LUMBUNG_DATABASE_URL"], told)
    port = int(os.environ["LUMBUNG_HTTP_PORT"])
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_config=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
