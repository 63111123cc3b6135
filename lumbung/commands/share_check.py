"""`share verify`: whether a record is true, for whoever has the batch; `share compare`: all rules on the same files."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from lumbung import exits
from services.cooperative.documents import document
from services.cooperative.sharing.verify import Complaint, Malformed
from services.cooperative.sharing.verify.batch import Batch, batch_of
from services.cooperative.sharing.verify.record import Record, record_of
from services.cooperative.sharing.verify.whole import verify as verified


def register(share: typer.Typer) -> None:
    """Adds both commands to the group `share`."""
    share.command(epilog="Example: lumbung share verify batch.json record.json")(verify)
    share.command(epilog="Example: lumbung share compare days/ --png days.png")(compare)


def verify(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="A batch's file; - reads standard input.")],
    record: Annotated[str, typer.Argument(metavar="RECORD", help="Its record; - reads standard input.")],
    before: Annotated[
        str | None,
        typer.Argument(
            metavar="[BEFORE]", help="The record that RECORD follows: is what it says refused true?"
        ),
    ] = None,
) -> None:
    """Exit 0 for a true record; 1 with the first just complaint on stdout; 2 for files that are neither."""
    if [batch, record, before].count("-") > 1:
        _wrong("-", "only one of the files can be standard input")
    complaint = _complaint(*_files(batch, record, before))
    if complaint is not None:
        typer.echo(str(complaint))
        raise typer.Exit(exits.FAILED)


def _files(batch: str, record: str, before: str | None) -> tuple[Batch, Record, Record | None]:
    name = batch
    try:
        known = batch_of(document(_bytes(batch)))
        name = record
        found = record_of(document(_bytes(record)), known.batch)
        if before is None:
            return known, found, None
        name = before
        return known, found, record_of(document(_bytes(before)), known.batch)
    except Malformed as malformed:
        _wrong(name, str(malformed))
    except OSError as error:
        _wrong(name, error.strerror or str(error))


def _complaint(batch: Batch, record: Record, before: Record | None) -> Complaint | None:
    try:
        verified(batch, record, before)
    except Complaint as complaint:
        return complaint
    return None


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _wrong(name: str, what: str) -> NoReturn:
    line = " ".join(f"{name}: {what}".split())
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    raise typer.Exit(exits.WRONG_USE)


def compare(
    batches: Annotated[
        list[Path], typer.Argument(metavar="BATCH|FOLDER...", help="Batches, folders of days.")
    ],
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the table as CSV, - to stdout.")
    ] = None,
    png: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw who got what, cost against fairness.")
    ] = None,
) -> None:
    """All rules on the same files, in one table."""
    from bench.sharing.compare import compared  # bench's libraries are loaded only when asked for

    raise typer.Exit(compared(batches, csv=csv, png=png))
