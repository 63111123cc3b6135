"""`lumbung share verify`: 0 for a true record, 1 with the complaint, 2 for files that are neither or do not match."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from lumbung.commands import share_check
from tests.cooperative.verify.batches import Document, raw, sealed
from tests.cooperative.verify.hand import fair_day

WRONG: dict[str, tuple[bytes | None, bytes | None, str]] = {
    "no JSON": (None, b"{", "record.json: must be JSON"),
    "not UTF-8": (b'{"batch": "\xff"}', None, "batch.json: must be UTF-8"),
    "a point": (
        None,
        b'{"batch": 1.0}',
        "record.json: batch: whole numbers only, without point or exponent: 1.0",
    ),
    "an exponent": (
        b'{"batch": 1e3}',
        None,
        "batch.json: batch: whole numbers only, without point or exponent: 1e3",
    ),
    "no record": (None, b'{"batch": "B"}', "record.json: input_hash: is missing"),
    "no batch": (b"[]", None, "batch.json: must be an object"),
    "another's": (
        None,
        raw({**fair_day()[1], "batch": "C"}),
        "record.json: batch: the record is of batch 'C'",
    ),
    "a half character": (
        None,
        raw(fair_day()[1]).replace(b'"B"', b'"\\ud800"'),
        "record.json: batch: must be",
    ),
    "nested": (b"[" * 100_000, None, "batch.json: is nested too deeply"),
}


def run(folder: Path, batch: bytes, record: bytes, *before: bytes) -> tuple[int, str, str]:
    app = typer.Typer()
    share_check.register(app)
    (folder / "batch.json").write_bytes(batch)
    (folder / "record.json").write_bytes(record)
    names = ["batch.json", "record.json"]
    for earlier in before:
        (folder / "before.json").write_bytes(earlier)
        names.append("before.json")
    found = CliRunner().invoke(app, ["verify", *(str(folder / name) for name in names)])
    return found.exit_code, found.stdout, found.stderr


def _files() -> tuple[bytes, Document]:
    batch, record = fair_day()
    return raw(batch), record


def test_a_true_record_is_passed_in_silence(tmp_path: Path) -> None:
    batch, record = _files()

    assert run(tmp_path, batch, raw(record)) == (0, "", "")


def test_the_first_just_complaint_is_one_line_on_stdout(tmp_path: Path) -> None:
    batch, record = _files()
    record["lines"][0]["quantity"] = 5

    code, out, errors = run(tmp_path, batch, raw(sealed(record)))

    assert (code, out, errors) == (1, "seller Sari: lot L1 gives 5 of 4 [stock]\n", "")


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_batch_or_record_is_refused_with_its_place(what: str, tmp_path: Path) -> None:
    batch, record = _files()
    bad_batch, bad_record, said = WRONG[what]

    code, out, errors = run(tmp_path, bad_batch or batch, bad_record or raw(record))

    assert (code, out) == (2, "")
    assert errors.count("\n") == 1
    assert said in errors


def test_a_batch_out_of_bounds_is_refused_with_its_place(tmp_path: Path) -> None:
    batch, record = _files()
    wrong = json.loads(batch)
    wrong["lots"][1]["quantity"] = 10**12 + 1

    code, out, errors = run(tmp_path, raw(wrong), raw(record))

    assert (code, out) == (2, "")
    assert "batch.json: lots[1].quantity: must be a whole number from 0 to 1000000000000" in errors


def test_the_record_before_may_be_given_too(tmp_path: Path) -> None:
    batch, record = _files()
    later = sealed({**record, "previous": record["output_hash"], "confirmed": [], "lines": record["lines"]})

    code, out, _ = run(tmp_path, batch, raw(later), raw(record))

    assert (code, out) == (
        1,
        "seller Sari: lot L1 for demand D1: 4 less stands, the answers refuse 0 [answers]\n",
    )
    assert run(tmp_path, batch, raw(later)) == (0, "", "")
    assert run(tmp_path, batch, raw(later), b"{")[0] == 2
