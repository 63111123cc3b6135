"""One service's database: its engine, and the only place where transactions are opened and committed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from services.chassis import points
from services.chassis.access import Caller
from services.chassis.clock import Clock
from services.chassis.failure import is_transient
from services.chassis.pool import hand_out_alive
from services.chassis.trace import Origin, current
from services.chassis.tx import Tx

IDLE_IN_TRANSACTION_MS = 4_000
"""Below the consumers' session timeout: a process frozen inside a transaction must not hold its locks longer."""
LOCK_MS = 10_000
STATEMENT_S = 15
CONNECT_S = 5

_UP_S = text("SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")


SERVICE_SESSIONS = "lumbung"


def open_engine(url: str, pool_size: int = 10, name: str = SERVICE_SESSIONS) -> AsyncEngine:
    """An engine on `postgresql://` that finds dead connections before it hands them out, and keeps values secret."""
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=2 * pool_size,
        max_overflow=0,  # what is opened beyond the pool's size is closed again after one use
        pool_use_lifo=True,  # those in use have their statements prepared
        hide_parameters=True,
        pool_timeout=CONNECT_S,
        connect_args={
            "timeout": CONNECT_S,
            "command_timeout": STATEMENT_S,
            "server_settings": {
                "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_MS),
                "lock_timeout": str(LOCK_MS),
                "application_name": name,
            },
        },
    )
    hand_out_alive(engine.sync_engine)
    event.listen(engine.sync_engine, "handle_error", _without_values)
    return engine


def _without_values(failed: ExceptionContext) -> None:
    """Cut DETAIL off an error, which quotes rows: logs and dead letters may not hold what people entered."""
    told: BaseException | None = failed.sqlalchemy_exception
    while told is not None:
        told.args = tuple(str(arg).partition("\nDETAIL:")[0] for arg in told.args)
        if isinstance(told, asyncpg.PostgresError):
            vars(told).pop("detail", None)
        told = told.orig if isinstance(told, DBAPIError) else told.__cause__


class Database:
    """Hands out transactions; everything a service stores goes through one of them."""

    def __init__(
        self, engine: AsyncEngine, clock: Clock, service: str, committed: Callable[[], None]
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.service = service
        self._committed = committed

    @asynccontextmanager
    async def transaction(
        self, caller: Caller | None = None, origin: Origin | None = None
    ) -> AsyncIterator[Tx]:
        """A transaction that commits at the end of the block, and rolls back where the block raises."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            tx = Tx(
                session,
                self.clock,
                service=self.service,
                caller=caller or self.itself,
                origin=origin or current.get(),
            )
            yield tx
            emitted = bool(tx.outgoing)
            await tx.store_outgoing()
            await points.reached("before-commit")
            await session.commit()
        if emitted:
            self._committed()

    async def answers(self, since_s: float = 0) -> bool:
        """Whether it does, on a connection that works; then what failed just now failed for itself alone.

        A server that began less than `since_s` ago took all sessions with it: it did not answer all the while.
        """
        try:
            async with asyncio.timeout(CONNECT_S), self.engine.connect() as connection:
                up = await connection.scalar(_UP_S)
        except Exception as error:
            if not is_transient(error):
                raise
            return False
        return float(up or 0) > since_s

    @property
    def itself(self) -> Caller:
        """The service as the one who acts: on events, and when something falls due."""
        return Caller.service(self.service)
