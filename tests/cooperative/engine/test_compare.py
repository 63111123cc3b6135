"""`lumbung share compare`: all rules on the same files, as a table, as CSV, as a picture."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lumbung.cli import build

EXAMPLES = Path(__file__).parents[3] / "examples" / "sharing"
APP = build(["share"])
RULES = {
    "cheapest first", "first come first served", "highest stock first", "pro-rata", "equal awards per order",
    "LexWF s = .25", "LexWF s = 0",
}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n"


def _run(*arguments: str, given: bytes | None = None) -> Result:
    found = CliRunner().invoke(APP, ["share", "compare", *arguments], input=given)
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found


def test_a_folder_of_days_and_a_file_stand_in_one_table_and_one_picture(tmp_path: Path) -> None:
    """The days are of different commodities, and a record lies beside a batch."""
    days, picture = tmp_path / "days", tmp_path / "days.png"
    days.mkdir()
    for name in ("fair-day.json", "fair-day.record.json", "far-village.json"):
        (days / name).write_bytes((EXAMPLES / name).read_bytes())

    found = _run(str(days), str(EXAMPLES / "short-harvest.json"), "--csv", "-", "--png", str(picture))

    assert found.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert {(row["file"], row["rule"]) for row in rows} == {
        (file, rule) for file in ("days", "short-harvest.json") for rule in RULES
    }
    assert all(float(row["fill %"]) == 100 for row in rows)
    assert picture.read_bytes().startswith(PNG)


def test_the_table_goes_to_stdout_and_the_csv_to_its_file(tmp_path: Path) -> None:
    to = tmp_path / "one.csv"

    found = _run("-", "--csv", str(to), given=(EXAMPLES / "far-village.json").read_bytes())

    assert found.exit_code == 0
    assert found.stdout.count("\n") == 2 + len(RULES)
    assert all(rule in found.stdout for rule in RULES)
    assert len(to.read_text().splitlines()) == 1 + len(RULES)


def test_the_credits_of_the_first_day_count(tmp_path: Path) -> None:
    """With ten times the credit the truck must come to the far village, and then Rini sells what she is due."""
    batch = json.loads((EXAMPLES / "far-village.json").read_text())
    batch["credits"][0]["amount"] *= 10
    (tmp_path / "far.json").write_text(json.dumps(batch))

    rows = csv.DictReader(io.StringIO(_run(str(tmp_path / "far.json"), "--csv", "-").stdout))

    assert {row["rule"] for row in rows if float(row["stops a day"]) == 2} >= {"LexWF s = .25", "LexWF s = 0"}


@pytest.mark.parametrize(
    ("text", "said"), [(b"{", "must be JSON"), (b"[]", "must be an object"), (None, "No such file")]
)
def test_what_is_no_batch_is_refused_in_one_line(text: bytes | None, said: str, tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    if text is not None:
        file.write_bytes(text)

    found = _run(str(file))

    assert (found.exit_code, found.stdout, found.stderr.count("\n")) == (2, "", 1)
    assert found.stderr.startswith(f"{file}: ")
    assert said in found.stderr


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    found = _run(str(tmp_path))

    assert (found.exit_code, found.stderr) == (2, f"{tmp_path}: must hold at least one batch (*.json)\n")
