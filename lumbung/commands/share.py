"""`share`: the sharing engine from the command line, on files alone: no service, database or broker is needed."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from lumbung.commands import share_check
from lumbung.commands.files import check_inputs, check_language, read_file, say, wrong
from services.cooperative.sharing import engine
from services.cooperative.sharing.engine.canonical import canonical
from services.cooperative.sharing.engine.reading import document
from services.cooperative.sharing.engine.sentences import explained

LARGE = 5_000
BatchFile = Annotated[str, typer.Argument(metavar="BATCH", help="A batch's file; - reads standard input.")]
RecordFile = Annotated[str, typer.Argument(metavar="RECORD", help="A record's file; - reads standard input.")]
Traced = Annotated[bool, typer.Option("--trace", help="Show each step's numbers on stderr.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Share an order fairly over many sellers, and check or explain it.",
        epilog="Example: lumbung share solve batch.json > record.json",
        no_args_is_help=True,
    )
    group.command(epilog="Example: lumbung share solve batch.json > record.json")(solve)
    group.command(epilog="Example: lumbung share explain record.json S1 --lang en")(explain)
    group.command(epilog="Example: lumbung share reshare batch.json record.json changes.json > next.json")(
        reshare
    )
    share_check.register(group)
    app.add_typer(group, name="share")


def solve(batch: BatchFile, trace: Traced = False) -> None:
    """Share a batch; the record goes to stdout. The same file gives the same bytes."""
    read = read_file(batch, engine.read, engine.Refused)
    _write(engine.solve(read, _trace(trace, len(read.lots))))


def explain(
    record: RecordFile,
    seller: Annotated[
        str | None, typer.Argument(help="One seller's id; all sellers and buyers when left out.")
    ] = None,
    lang: Annotated[str, typer.Option(help="id or en.")] = "id",
) -> None:
    """Say in sentences what each seller gives and each buyer gets, and why, from the record alone."""
    check_language(lang)
    read = read_file(record, engine.read_record, engine.Refused)
    if seller is not None and seller not in {row["seller"] for row in read["sellers"]}:
        wrong(record, f"names no seller {seller!r}")
    for line in explained(read, seller, lang):
        sys.stdout.buffer.write(line.encode() + b"\n")


def reshare(
    batch: BatchFile,
    record: RecordFile,
    changes: Annotated[
        str, typer.Argument(metavar="CHANGES", help="Answers to lines; - reads standard input.")
    ],
    trace: Traced = False,
) -> None:
    """Share again what answers have freed; what is accepted or still open stays as it is."""
    check_inputs(batch, record, changes)
    read, old = (
        read_file(batch, engine.read, engine.Refused),
        read_file(record, engine.read_record, engine.Refused),
    )
    answers = read_file(changes, document, engine.Refused)
    try:
        new = engine.reshare(read, old, answers, _trace(trace, len(read.lots)))
    except engine.Refused as refused:
        wrong(changes if refused.path.startswith("changes") else record, str(refused))
    _write(new)


def _write(record: engine.Record) -> None:
    sys.stdout.buffer.write(canonical(record) + b"\n")


def _trace(wanted: bool, lots: int) -> Callable[[str], None]:
    """Each step's numbers, or for large batches how far it is."""
    if wanted or lots >= LARGE:
        return lambda text: say(text) if wanted or " stuck at " not in text else None
    return lambda _text: None
