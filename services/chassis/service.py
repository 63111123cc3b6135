"""What a service is, and how it is wired: the same for all, in tests as in production."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import ModuleType

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import MetaData

from services.chassis import edge, health, scrape
from services.chassis.projection import Projection
from services.chassis.reaction import Reactions
from services.chassis.running import Loop, prepare
from services.chassis.settings import Settings

SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI's own telemetry would tell what callers entered; ours is in `steps`."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service: a name, its tables, its endpoints, its reactions, its own background loops."""

    name: str
    description: str
    metadata: MetaData
    routers: tuple[APIRouter, ...]
    handlers: tuple[ModuleType, ...]
    loops: tuple[Loop, ...] = ()
    settings: type[Settings] = Settings
    projections: tuple[Projection, ...] = ()

    @property
    def reactions(self) -> Reactions:
        """Everything it reacts to; raises where two handlers claim one event."""
        return Reactions(self.handlers)


def build(service: Service, settings: Settings) -> FastAPI:
    """The application of one replica. Its parts start with it and stop with it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with app.state.running.parts(service.loops):
            yield

    app = FastAPI(
        title=f"Lumbung {service.name}",
        description=service.description,
        version="1",
        lifespan=lifespan,
        telemetry=SILENT,
    )
    app.state.running = prepare(service.name, settings, service.reactions)
    for router in (health.router, scrape.router, *service.routers):
        app.include_router(router)
    edge.furnish(app, settings, app.state.running.steps)
    return app
