"""`rebuild`: what a service keeps of others' events, made anew from the topics while nothing runs."""

import asyncio
from typing import Annotated

import typer

from infra.home import Home
from infra.migrations import migrate
from infra.stack import Stack, open_stack
from infra.supervisor import client
from lumbung import exits
from lumbung.databases import named, opened
from lumbung.screen import Steps
from services.chassis.projection import Projection
from services.chassis.rebuild import Rebuild
from services.chassis.service import Service


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung rebuild cooperative lots")(rebuild)


def rebuild(
    service: Annotated[str, typer.Argument(help="Whose: catalog, orders or cooperative.")],
    projection: Annotated[str, typer.Argument(help="Which table; a wrong name lists them.")],
) -> None:
    """Make a projection anew from its topics. Offline: `lumbung down` first, `lumbung up` afterwards."""
    chosen = named(service)
    wanted = _projection(chosen, projection)
    home = Home.chosen()
    if not home.root.exists():
        exits.fail("Nothing is stored here yet. Start with: lumbung up")
    if client.owner(home) is not None:
        exits.fail(f"{service} is running, and would go on writing. Stop it first: lumbung down")
    steps, stack = Steps(), open_stack(home.root)
    stack.start(steps)
    try:
        migrate(home, stack, [service])
        asyncio.run(_rebuild(stack, chosen, wanted, steps))
    finally:
        stack.stop()


def _projection(service: Service, name: str) -> Projection:
    found = {one.name: one for one in service.projections}
    if name not in found:
        there = ", ".join(found) or "none: all it keeps is its own"
        exits.fail(f"{service.name} has no projection {name!r}. There are: {there}", exits.WRONG_USE)
    return found[name]


async def _rebuild(stack: Stack, service: Service, wanted: Projection, steps: Steps) -> None:
    async with opened(stack, service.name) as database:
        work = Rebuild(database, stack.kafka, service.reactions, wanted)
        await work.refuse_while_served()
        told = await work.fill()
        steps.step(f"Read {told} events of {', '.join(sorted(wanted.topics))}")
        found = await work.differences()
        await work.apply()
        await work.forget()
        steps.step(
            f"{service.name}'s {wanted.name}: {found.same} rows were right; {found.changed} changed,"
            f" {found.missing} added, {found.left_over} removed"
        )
