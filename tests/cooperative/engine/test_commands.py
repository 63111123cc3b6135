"""`lumbung share` on files alone: exit codes, one line on stderr for what is wrong, the same bytes twice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lumbung.cli import build
from lumbung.commands.share import LARGE
from tests.cooperative.engine.documents import batch, demand, lot, raw

BATCH = raw(batch([lot(f"L{place}", 20) for place in range(3)], [demand("D1", 30)]))


def _run(*arguments: str, given: bytes | None = None) -> Result:
    words = ["share", *arguments]
    return CliRunner().invoke(build(words), words, input=given)


def test_solve_verify_explain_and_reshare_work_on_files(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.json" for name in ("batch", "record", "changes", "next")}
    files["batch"].write_bytes(BATCH)
    files["changes"].write_text(json.dumps({"changes": [{"lot": "L0", "demand": "D1", "kind": "lapsed"}]}))
    names = {name: str(path) for name, path in files.items()}

    solved = _run("solve", names["batch"])
    files["record"].write_bytes(solved.stdout_bytes)
    again = _run("reshare", names["batch"], names["record"], names["changes"])
    files["next"].write_bytes(again.stdout_bytes)

    assert _run("solve", "-", given=BATCH).stdout_bytes == solved.stdout_bytes
    assert _run("verify", names["batch"], names["record"]).exit_code == 0
    assert _run("verify", names["batch"], names["next"]).exit_code == 0
    assert "asked for 15 g" in _run("explain", names["next"], "SL1", "--lang", "en").stdout


@pytest.mark.parametrize(
    ("given", "said"), [(b'{"batch": "b", "day": 7}', "-: day: must be"), (b"nothing", "-: not JSON")]
)
def test_bad_input_says_one_line_and_exits_with_2(given: bytes, said: str) -> None:
    result = _run("solve", "-", given=given)

    assert result.exit_code == 2
    assert result.stdout_bytes == b""
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1


def test_trace_tells_each_step_and_leaves_the_record_alone() -> None:
    plain, traced = _run("solve", "-", given=BATCH), _run("solve", "-", "--trace", given=BATCH)

    assert plain.stdout_bytes == traced.stdout_bytes
    assert "stuck at 10, 30 together" in traced.stderr
    assert plain.stderr == ""


def test_each_file_may_be_standard_input_but_only_one(tmp_path: Path) -> None:
    files = {name: str(tmp_path / name) for name in ("batch", "record", "changes")}
    record, changes = _run("solve", "-", given=BATCH).stdout_bytes, b'{"changes": []}'
    for name, text in (("batch", BATCH), ("record", record), ("changes", changes)):
        Path(files[name]).write_bytes(text)
    again = _run("reshare", *files.values())
    assert again.exit_code == 0

    assert _run("reshare", "-", files["record"], files["changes"], given=BATCH).stdout == again.stdout
    assert _run("reshare", files["batch"], "-", files["changes"], given=record).stdout == again.stdout
    assert _run("reshare", files["batch"], files["record"], "-", given=changes).stdout == again.stdout
    assert _run("verify", "-", files["record"], given=BATCH).exit_code == 0
    assert _run("verify", files["batch"], "-", given=record).exit_code == 0
    assert _run("explain", "-", given=record).stdout == _run("explain", files["record"]).stdout
    for words in (("verify", "-", "-"), ("reshare", "-", "-", files["changes"])):
        refused = _run(*words, given=BATCH)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == "-: only one of the files can be standard input\n"


def test_a_large_batch_says_on_stderr_how_far_it_is_and_a_small_one_nothing() -> None:
    large = raw(batch([lot(f"L{place}", 20) for place in range(LARGE)], [demand("D1", 30_000)]))

    found = _run("solve", "-", given=large)

    assert found.exit_code == 0
    assert found.stderr.count("\n") >= 3
    assert " stuck at " not in found.stderr
    assert _run("solve", "-", given=BATCH).stderr == ""


def test_the_trace_of_another_round_tells_its_steps_too(tmp_path: Path) -> None:
    record = _run("solve", "-", given=BATCH).stdout_bytes
    (tmp_path / "batch").write_bytes(BATCH)
    (tmp_path / "record").write_bytes(record)
    changes = json.dumps({"changes": [{"lot": "L0", "demand": "D1", "kind": "declined"}]}).encode()

    found = _run("reshare", str(tmp_path / "batch"), str(tmp_path / "record"), "-", "--trace", given=changes)

    assert found.exit_code == 0
    assert "given 10 of 10" in found.stderr


def test_a_seller_or_language_that_is_not_there_is_refused() -> None:
    record = _run("solve", "-", given=BATCH).stdout_bytes

    for words in (("explain", "-", "S9"), ("explain", "-", "--lang", "jv")):
        refused = _run(*words, given=record)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_a_file_that_is_not_there_is_refused_by_its_name() -> None:
    for words in (("solve", "no.json"), ("explain", "no.json"), ("verify", "no.json", "no.json")):
        refused = _run(*words)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert refused.stderr == "no.json: No such file or directory\n"
