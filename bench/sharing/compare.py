"""`share compare`: all rules on given batches, or folders of days, in one table; as CSV; as a picture."""

import csv
import sys
from pathlib import Path
from typing import Any

from bench.sharing.season import COLUMNS, columns, got_of_hak, season, villages_of
from services.cooperative.documents import document
from services.cooperative.sharing.verify import Malformed
from services.cooperative.sharing.verify.batch import batch_of

Rows = list[dict[str, Any]]


def compared(paths: list[Path], csv: Path | None = None, png: Path | None = None) -> int:
    """Exit code; the table goes to stdout."""
    rows: Rows = []
    drawn: list[tuple[str, dict[str, list[float]]]] = []
    for path in paths:
        days = _days(path)
        if days is None:
            return 2
        seasons = season(days)
        villages = villages_of(days)
        drawn.append((path.name, {rule: got_of_hak(one) for rule, one in seasons.items()}))
        rows += [{"file": path.name, "rule": rule, **columns(one, villages)} for rule, one in seasons.items()]
    if csv is not None:
        _write_csv(rows, csv)
    if csv is None or str(csv) != "-":
        print("\n".join(as_table(rows)))
    if png is not None:
        from bench.sharing.plots import draw  # matplotlib takes a second and is optional

        draw(rows, drawn, png)
    return 0


def _days(path: Path) -> list[dict[str, Any]] | None:
    """One batch, or a folder's batches by name: its days. A folder may hold their records (*.record.json) too."""
    files = [one for one in sorted(path.glob("*.json")) if not one.name.endswith(".record.json")]
    days = []
    for file in files if path.is_dir() else [path]:
        try:
            plain = document(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
            batch_of(plain)
        except Malformed as malformed:
            _wrong(file, str(malformed))
            return None
        except OSError as error:
            _wrong(file, error.strerror or str(error))
            return None
        days.append(plain)
    if not days:
        _wrong(path, "must hold at least one batch (*.json)")
    return days or None


def _wrong(file: Path, what: str) -> None:
    line = " ".join(f"{file}: {what}".split())
    sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")


def as_table(rows: Rows) -> list[str]:
    """GitHub's table, numbers to three figures."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return lines + ["| " + " | ".join(_shown(row[name]) for name in names) + " |" for row in rows]


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"
    return str(value)


def _write_csv(rows: Rows, to: Path) -> None:
    out = sys.stdout if str(to) == "-" else to.open("w", newline="", encoding="utf-8")
    try:
        writer = csv.DictWriter(out, ["file", "rule", *COLUMNS])
        writer.writeheader()
        writer.writerows(rows)
    finally:
        if out is not sys.stdout:
            out.close()
