"""`status` and `logs`: how the parts are, and what they say."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from infra.files import last_lines
from infra.home import Home
from infra.stack.postgres import OUTSIDE
from infra.status import Row, rows
from infra.supervisor import client
from lumbung import exits
from lumbung.screen import colour, console
from services.chassis.logs import readable

PERIOD = 0.2
COLUMNS = ("part", "state", "address", "lag", "outbox age", "memory")


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung status --json")(status)
    app.command(epilog="Example: lumbung logs orders -f")(logs)


def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Show each part: state, address, lag, outbox age, memory. Exit code 1 when one is not well."""
    home = Home.chosen()
    found = rows(home) if home.root.exists() else []
    running = client.owner(home) is not None
    if as_json:
        typer.echo(
            json.dumps({"home": str(home.root), "running": running, "parts": [asdict(r) for r in found]})
        )
    elif found:
        _print(home, found)
    if not running and not any(row.well for row in found):
        exits.not_running()
    if not all(row.well for row in found):
        raise typer.Exit(exits.FAILED)


def show(home: Home) -> None:
    _print(home, rows(home))


def _print(home: Home, found: list[Row]) -> None:
    table = Table(*COLUMNS, box=None, pad_edge=False, header_style="bold")
    for row in found:
        why = "; ".join(_troubles(row))
        state = f"[{'green' if row.well else 'red'}]{row.state}[/]" + (f" ({why})" if why else "")
        age = "" if row.outbox_age_s is None else f"{row.outbox_age_s:.1f} s"
        lag = "" if row.lag is None else str(row.lag)
        table.add_row(
            f"[{colour(row.part)}]{row.part}[/]", state, row.address, lag, age, f"{row.memory_mb} MB"
        )
    console.print(table)
    console.print(
        f"{sum(row.memory_mb for row in found)} MB in all; state is kept in {home.root}", style="dim"
    )
    if (OUTSIDE / home.id).exists():
        console.print(
            f"PostgreSQL's own user cannot enter that folder; its data is in {OUTSIDE / home.id}", style="dim"
        )


def _troubles(row: Row) -> Iterator[str]:
    if row.because:
        yield row.because
    if row.parked:
        yield f"{row.parked} events parked"
    if row.put_off:
        yield f"{row.put_off} duties put off"


def logs(
    service: Annotated[str, typer.Argument(help="A part: orders, orders.2, kafka, postgres, supervisor ...")],
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on showing new lines.")] = False,
    lines: Annotated[int, typer.Option("-n", "--lines", min=1, max=10_000)] = 100,
) -> None:
    """Show what a part wrote last."""
    home = Home.chosen()
    log = home.log(service)
    if "/" in service or not log.exists():
        known = ", ".join(sorted(file.stem for file in home.logs.glob("*.log"))) or "none yet"
        exits.fail(f"There is no log of {service!r}. There are: {known}", exits.WRONG_USE)
    start = log.stat().st_size
    for line in last_lines(log, lines):
        typer.echo(line)
    if follow:
        for line in _new_lines(log, start):
            typer.echo(readable(line))


def _new_lines(log: Path, position: int) -> Iterator[str]:
    begun = b""
    while True:
        size = log.stat().st_size
        if size < position:  # it was rotated
            position, begun = 0, b""
        if size > position:
            with log.open("rb") as file:
                file.seek(position)
                new = file.read()
            position += len(new)
            *whole, begun = (begun + new).split(b"\n")
            yield from (line.decode(errors="replace") for line in whole)
        else:
            time.sleep(PERIOD)
