"""The services' databases as a command opens them: by the services' own code, beside the running services."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from infra.home import Home
from infra.services import SERVICES
from infra.stack import Stack, open_stack
from lumbung import exits
from services.chassis.clock import Clock
from services.chassis.database import Database, open_engine
from services.chassis.service import Service


def named(service: str) -> Service:
    """The service as its own code describes it."""
    if service not in SERVICES:
        exits.fail(f"There is no service {service!r}. There are: {', '.join(SERVICES)}", exits.WRONG_USE)
    found: Service = importlib.import_module(f"services.{service}.app").SERVICE
    return found


def running_stack() -> Stack:
    """The stack of this home, whose PostgreSQL must run."""
    home = Home.chosen()
    if not home.root.exists():
        exits.not_running()
    stack = open_stack(home.root)
    if not any(part.state == "running" for part in stack.status() if part.name == "postgres"):
        exits.not_running()
    return stack


@asynccontextmanager
async def opened(stack: Stack, service: str) -> AsyncIterator[Database]:
    """The service's database, with the clock that the service itself judges by."""
    engine = open_engine(stack.dsn(service), pool_size=4, name="lumbung command")
    clock = Clock(Home.chosen().clock if stack.kind == "embedded" else None)
    try:
        yield Database(engine, clock, service, lambda: None)
    finally:
        await engine.dispose()
