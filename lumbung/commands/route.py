"""`route`: the day's routes from the command line, on files alone: no service, database or broker is needed."""

import sys
from time import monotonic
from typing import Annotated

import typer

from lumbung import exits
from lumbung.commands.files import check_inputs, check_language, read_file, say
from services.cooperative.documents import Malformed
from services.cooperative.routing.day import Row, written
from services.cooperative.routing.day_reading import day_of
from services.cooperative.routing.plan_reading import plan_of

DayFile = Annotated[str, typer.Argument(metavar="DAY", help="A day's file; - reads standard input.")]
PlanFile = Annotated[str, typer.Argument(metavar="PLAN", help="A plan's file; - reads standard input.")]
Language = Annotated[str, typer.Option(help="id or en.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Plan a day's routes from the villages to the hub and from there to the buyers; check and print them.",
        epilog="Example: lumbung route plan day.json > plan.json",
        no_args_is_help=True,
    )
    group.command(epilog="Example: lumbung route plan day.json > plan.json")(plan)
    group.command(epilog="Example: lumbung route verify day.json plan.json")(verify)
    group.command(epilog="Example: lumbung route explain plan.json --lang en")(explain)
    group.command(epilog="Example: lumbung route sheet plan.json > sheet.html")(sheet)
    app.add_typer(group, name="route")


def plan(day: DayFile) -> None:
    """Plan a day; the plan goes to stdout. The same file gives the same bytes. Exit 0 also where parcels stay."""
    from services.cooperative.routing.planner import plan as planned  # PyVRP is loaded only when asked for

    read, began = read_file(day, day_of, Malformed), monotonic()
    found = planned(read)
    sys.stdout.buffer.write(written(found) + b"\n")
    say(f"{read.iterations} iterations a search, {monotonic() - began:.1f} s in all")
    left = sum(len(row["parcels"]) for row in found["unserved"])
    if left:
        say(f"{left} ways of parcels are not served: lumbung route explain says why and what would help")


def verify(day: DayFile, plan: PlanFile) -> None:
    """Exit 0 for a true plan; 1 with the first complaint on stdout; 2 for files that are neither."""
    from services.cooperative.routing.verify import Complaint
    from services.cooperative.routing.verify import verify as verified

    check_inputs(day, plan)
    known, told = read_file(day, day_of, Malformed), read_file(plan, plan_of, Malformed)
    try:
        verified(known, told)
    except Complaint as complaint:
        typer.echo(str(complaint))
        raise typer.Exit(exits.FAILED) from None


def explain(plan: PlanFile, lang: Language = "id") -> None:
    """Say in sentences who drives where and when, what is not served and what would help, from the plan alone."""
    from services.cooperative.routing.telling import explained

    for line in explained(_told(plan, lang), lang):
        sys.stdout.buffer.write(line.encode() + b"\n")


def sheet(plan: PlanFile, lang: Language = "id") -> None:
    """Route sheets to print, a page for each vehicle, as HTML."""
    from services.cooperative.routing.telling import sheet as printed

    sys.stdout.buffer.write(printed(_told(plan, lang), lang).encode())


def _told(plan: str, lang: str) -> Row:
    check_language(lang)
    return read_file(plan, plan_of, Malformed)
