"""`lumbung share` on files alone: exit codes, one line on stderr for what is wrong, the same bytes twice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lumbung.cli import build
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
