"""Whatever stands in the files: it is shared and true, or refused in one line with exit code 2. Nothing crashes."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from lumbung.cli import build
from services.cooperative.sharing.engine import output_hash, read, reshare, solve
from services.cooperative.sharing.engine.canonical import canonical
from tests.cooperative.engine import markets
from tests.cooperative.engine.documents import batch, demand, lot, raw
from tests.cooperative.engine.fuzzing import fuzzed
from tests.cooperative.verify.worlds import answers

APP = build(["share"])


@cache
def _day(seed: int) -> tuple[bytes, bytes]:
    """A batch and its record, as files have them."""
    text = raw(markets.whole(seed))
    return text, canonical(solve(read(text)))


def _run(*arguments: str) -> Result:
    found = CliRunner().invoke(APP, ["share", *arguments])
    assert found.exception is None or isinstance(found.exception, SystemExit), arguments
    return found


def _write(folder: Path, **files: bytes) -> dict[str, str]:
    for name, text in files.items():
        (folder / name).write_bytes(text)
    return {name: str(folder / name) for name in files}


def _check_refused(found: Result, file: str) -> None:
    assert found.exit_code == 2
    assert found.stdout_bytes == b""
    assert found.stderr.count("\n") == 1
    assert found.stderr.startswith(f"{file}: ")


@pytest.mark.parametrize("block", range(2))
def test_every_fuzzed_batch_is_shared_truly_or_refused(block: int, tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for seed in range(block * 200, block * 200 + 200):
        names = _write(tmp_path, batch=fuzzed(markets.whole(seed % 40), Random(seed)))
        found = _run("solve", names["batch"])
        codes[found.exit_code] += 1
        if found.exit_code == 2:
            _check_refused(found, names["batch"])
            continue
        assert found.exit_code == 0
        names |= _write(tmp_path, record=found.stdout_bytes)
        checked = _run("verify", names["batch"], names["record"])
        assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", ""), seed
    assert min(codes[0], codes[2]) >= 30, codes


def test_every_fuzzed_record_is_explained_or_shared_again_or_refused(tmp_path: Path) -> None:
    """Also with its hash made to fit, so that the rows themselves are looked at."""
    codes: Counter[tuple[str, int]] = Counter()
    for seed in range(180):
        world, record = _day(seed % 20)
        text = _sealed(fuzzed(json.loads(record), Random(seed)))
        names = _write(tmp_path, batch=world, record=text, changes=b'{"changes": []}')
        explained = _run("explain", names["record"])
        again = _run("reshare", names["batch"], names["record"], names["changes"])
        checked = _run("verify", names["batch"], names["record"])
        for found in (explained, again, checked):
            if found.exit_code == 2:
                _check_refused(found, names["record"])
        assert again.exit_code in (0, 2)
        assert explained.exit_code in (0, 2)
        assert checked.exit_code in (0, 1, 2)
        assert checked.stdout.count("\n") == (checked.exit_code == 1)
        codes.update(
            (("explain", explained.exit_code), ("reshare", again.exit_code), ("verify", checked.exit_code))
        )
    assert all(codes[place] >= 10 for place in (("explain", 2), ("reshare", 2), ("verify", 1), ("verify", 2)))


def _sealed(text: bytes) -> bytes:
    try:
        record = json.loads(text)
        record["output_hash"] = output_hash(record)
    except (ValueError, TypeError, RecursionError):
        return text
    return json.dumps(record).encode()


def test_every_fuzzed_answer_is_shared_again_truly_or_refused(tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for seed in range(120):
        (world, record), draw = _day(seed % 20), Random(seed)
        changes = fuzzed(answers(json.loads(record), draw), draw)
        names = _write(tmp_path, batch=world, record=record, changes=changes)
        again = _run("reshare", names["batch"], names["record"], names["changes"])
        codes[again.exit_code] += 1
        if again.exit_code == 2:
            _check_refused(again, names["changes"])
            continue
        names |= _write(tmp_path, next=again.stdout_bytes)
        assert _run("verify", names["batch"], names["next"]).exit_code == 0, seed
    assert min(codes[0], codes[2]) >= 20, codes


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"",
        b'{"batch": "a", "batch": "b"}',
        b"[]",
        b"null",
        b'"x"',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"1" * 9999,
    ],
)
def test_what_is_no_document_at_all_is_refused(text: bytes, tmp_path: Path) -> None:
    names = _write(tmp_path, file=text)

    _check_refused(_run("solve", names["file"]), names["file"])
    _check_refused(_run("explain", names["file"]), names["file"])


def test_a_chain_of_records_names_the_one_before_and_each_is_true(tmp_path: Path) -> None:
    world, draw = (
        batch([lot(f"L{one}", 20) for one in range(6)], [demand("D1", 50), demand("D2", 20)]),
        Random(1),
    )
    day = read(raw(world))
    chain = [solve(day)]
    for _ in range(4):
        chain.append(reshare(day, chain[-1], answers(chain[-1], draw)))

    assert [one["previous"] for one in chain] == [None, *(one["output_hash"] for one in chain[:-1])]
    assert len({one["output_hash"] for one in chain}) == 5
    for one in chain:
        names = _write(tmp_path, batch=raw(world), record=canonical(one))
        assert _run("verify", names["batch"], names["record"]).exit_code == 0
