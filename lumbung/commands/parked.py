"""`parked`: what services could not handle; replayed once the cause is gone, or given up, with who and why kept."""

import asyncio
import getpass
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import typer

from infra.services import SERVICES
from infra.stack import Stack
from lumbung import exits, parked_shown
from lumbung.databases import named, opened, running_stack
from lumbung.screen import console
from services.chassis import parked_reading
from services.chassis.failure import in_words, is_transient
from services.chassis.parked import Operator, Parked, Replayed
from services.chassis.parked_lock import ParkedKey

Key = Annotated[str, typer.Argument(metavar="KEY", help="The key, as `parked list` shows it.")]
OfService = Annotated[str | None, typer.Option("--service", help="One service; all when left out.")]
OfTopic = Annotated[str | None, typer.Option("--topic", help="Where the key is parked in several topics.")]
By = Annotated[str | None, typer.Option("--by", help="Who does it; your user name when left out.")]


class Found(NamedTuple):
    """Where a key is parked."""

    service: str
    at: ParkedKey


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="See what services could not handle; replay it once the cause is gone, or give it up.",
        epilog="Example: lumbung parked list",
        no_args_is_help=True,
    )
    key = "0190b1a2-0000-7000-8000-00000000cafe"
    group.command("list", epilog="Example: lumbung parked list --service cooperative")(list_parked)
    group.command(epilog=f"Example: lumbung parked show {key}")(show)
    group.command(epilog=f"Example: lumbung parked replay {key} --why 'fixed in 1.4.2'")(replay)
    group.command(epilog=f"Example: lumbung parked discard {key} --why 'sent by a test client'")(discard)
    app.add_typer(group, name="parked")


def list_parked(
    service: OfService = None,
    lines: Annotated[int, typer.Option("-n", "--lines", min=1, max=100_000)] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List what is parked, by service and key, in version order."""
    services = _services(service)
    rows, total = asyncio.run(_listed(running_stack(), services, lines))
    if as_json:
        typer.echo(json.dumps({"total": total, "parked": [parked_shown.plain(row) for row in rows]}))
    else:
        parked_shown.table(rows, total)


def show(parked_id: Annotated[UUID, typer.Argument(metavar="ID", help="From `parked list`.")]) -> None:
    """Show one event in full, in each service that has parked it, and what was done about its key since."""
    found = asyncio.run(_shown(running_stack(), parked_id))
    if not found:
        exits.fail(f"Nothing with the id {parked_id} is or was parked.", exits.WRONG_USE)
    for row, history in found:
        parked_shown.event(row, history)


def replay(
    key: Key,
    why: Annotated[str, typer.Option("--why", help="Kept with what was done.")] = "",
    service: OfService = None,
    topic: OfTopic = None,
    by: By = None,
) -> None:
    """Handle the parked events of a key in version order. Exit code 1 when one fails again; the rest stays parked."""
    operator = _operator(by, why)
    done: Replayed = _about(key, service, topic, lambda parked, at: parked.replay(at, operator))
    console.print(f"{done.done} replayed")
    if done.stopped_by:
        exits.fail(f"The next one fails again, so it and what follows it stay parked: {done.stopped_by}")


def discard(
    key: Key,
    why: Annotated[str, typer.Option("--why", help="Kept with what was done.")],
    only_first: Annotated[
        bool, typer.Option("--only-first", help="The others can be replayed then.")
    ] = False,
    service: OfService = None,
    topic: OfTopic = None,
    by: By = None,
) -> None:
    """Give up the parked events of a key for ever. Their originals stay in the history and on the dead-letter topic."""
    operator = _operator(by, why)
    if not why.strip():
        exits.fail("Say why: --why 'sent by a test client'", exits.WRONG_USE)
    gone = _about(key, service, topic, lambda parked, at: parked.discard(at, operator, only_first=only_first))
    console.print(f"{gone} discarded")


def _operator(by: str | None, why: str) -> Operator:
    return Operator(by or getpass.getuser(), why)


def _services(service: str | None) -> list[str]:
    return [named(service).name] if service else list(SERVICES)


def _about(
    key: str, service: str | None, topic: str | None, do: Callable[[Parked, ParkedKey], Awaitable[Any]]
) -> Any:
    services = _services(service)
    return asyncio.run(_done(running_stack(), key, services, topic, do))


async def _done(
    stack: Stack,
    key: str,
    services: list[str],
    topic: str | None,
    do: Callable[[Parked, ParkedKey], Awaitable[Any]],
) -> Any:
    found = _the_one(key, [one for one in await _places(stack, key, services) if topic in (None, one.at[0])])
    async with opened(stack, found.service) as database:
        try:
            return await do(Parked(database, named(found.service).reactions), found.at)
        except Exception as error:
            if not is_transient(error):
                raise
            exits.fail(f"The step under way was not done ({in_words(error)}). Give the command again.")


async def _places(stack: Stack, key: str, services: list[str]) -> list[Found]:
    found = []
    for service in services:
        async with opened(stack, service) as database, database.transaction() as tx:
            found += [Found(service, (topic, key)) for topic in await parked_reading.topics_of(tx, key)]
    return found


def _the_one(key: str, found: list[Found]) -> Found:
    if not found:
        exits.fail(f"Nothing is parked under the key {key}. See: lumbung parked list", exits.WRONG_USE)
    if len(found) > 1:
        told = ", ".join(f"--service {one.service} --topic {one.at[0]}" for one in found)
        exits.fail(f"{key} is parked in several places; choose one: {told}", exits.WRONG_USE)
    return found[0]


async def _listed(stack: Stack, services: list[str], most: int) -> tuple[list[dict[str, Any]], int]:
    rows: list[dict[str, Any]] = []
    total = 0
    for service in services:
        async with opened(stack, service) as database, database.transaction() as tx:
            total += await parked_reading.how_many(tx)
            rows += [{"service": service, **row} for row in await parked_reading.first_parked(tx, most)]
    return rows[:most], total


async def _shown(stack: Stack, parked_id: UUID) -> list[tuple[dict[str, Any], list[Any]]]:
    """Several services may have parked the same event."""
    found = []
    for service in SERVICES:
        async with opened(stack, service) as database, database.transaction() as tx:
            row = await parked_reading.one_parked(tx, parked_id)
            if row is not None:
                history = await parked_reading.done_about(tx, (row["topic"], row["key"]))
                found.append(({"service": service, **row}, list(history)))
    return found
