"""`lumbung route` on files alone: exit codes, one line on stderr for what is wrong, the same bytes twice."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lumbung.cli import build
from tests.cooperative.routing.days import Document, day


def _run(*arguments: str, given: bytes | None = None) -> Result:
    words = ["route", *arguments]
    return CliRunner().invoke(build(words), words, input=given)


def _raw(document: Document) -> bytes:
    return json.dumps(document).encode()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A day and its plan."""
    names = {name: tmp_path / f"{name}.json" for name in ("day", "plan")}
    names["day"].write_bytes(_raw(day(0, wide=True)))
    names["plan"].write_bytes(_run("plan", str(names["day"])).stdout_bytes)
    return {name: str(path) for name, path in names.items()}


def test_plan_says_its_iterations_and_seconds_beside_the_plan(files: dict[str, str]) -> None:
    result = _run("plan", files["day"])

    assert result.stdout_bytes == Path(files["plan"]).read_bytes()
    assert result.stderr.startswith("40 iterations a search, ")
    assert result.stderr.splitlines()[0].endswith(" s in all")


def test_a_true_plan_is_verified_in_silence(files: dict[str, str]) -> None:
    result = _run("verify", files["day"], files["plan"])

    assert (result.exit_code, result.output) == (0, "")


def test_a_false_plan_gets_one_complaint(files: dict[str, str]) -> None:
    plan = json.loads(Path(files["plan"]).read_text())
    plan["totals"]["cost"] += 1

    result = _run("verify", files["day"], "-", given=_raw(plan))

    assert result.exit_code == 1
    assert result.stdout.startswith("output_hash must be ")
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"[]", "-: must be an object"),
        (b"nothing", "-: must be JSON"),
        (b'{"day": "2026-11-24", "zone": 1.5}', "-: zone: whole numbers only"),
    ],
)
@pytest.mark.parametrize("command", ["plan", "explain", "sheet"])
def test_bad_input_says_one_line_and_exits_with_2(command: str, given: bytes, said: str) -> None:
    result = _run(command, "-", given=given)

    assert result.exit_code == 2
    assert result.stdout_bytes == b""
    assert result.stderr.startswith(said)
    assert result.stderr.count("\n") == 1


def test_only_one_file_may_be_standard_input_and_languages_are_two(files: dict[str, str]) -> None:
    assert _run("verify", "-", "-", given=b"").exit_code == 2
    assert _run("explain", files["plan"], "--lang", "jv").stderr == "--lang: must be id or en\n"
    assert _run("plan", "nowhere.json").exit_code == 2
