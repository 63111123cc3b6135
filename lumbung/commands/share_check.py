"""`share verify`: whether a record is true, for whoever has the batch; `share compare`: all rules on the same files."""

from pathlib import Path
from typing import Annotated

import typer

from lumbung import exits
from lumbung.commands.files import check_inputs, read_file
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
    check_inputs(batch, record, before)
    complaint = _complaint(*_files(batch, record, before))
    if complaint is not None:
        typer.echo(str(complaint))
        raise typer.Exit(exits.FAILED)


def _files(batch: str, record: str, before: str | None) -> tuple[Batch, Record, Record | None]:
    known = read_file(batch, lambda raw: batch_of(document(raw)), Malformed)

    def read(raw: bytes) -> Record:
        return record_of(document(raw), known.batch)

    found = read_file(record, read, Malformed)
    return known, found, None if before is None else read_file(before, read, Malformed)


def _complaint(batch: Batch, record: Record, before: Record | None) -> Complaint | None:
    try:
        verified(batch, record, before)
    except Complaint as complaint:
        return complaint
    return None


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
