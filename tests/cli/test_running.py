"""`lumbung up` and what may happen to it."""

import json
import os
import signal
import time
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import psutil
import psycopg

from infra.broker import blocking
from infra.home import Home
from infra.stack import open_stack
from services.chassis.record import Record
from tests.chassis.broker import publish
from tests.cli.command import PATIENCE, Lumbung

PARTS = {"postgres", "kafka", "telegram", "catalog", "orders", "orders.2", "cooperative", "notify"}


def test_status_shows_every_part_and_replica_with_its_figures(lumbung: Lumbung) -> None:
    told = json.loads(lumbung("status", "--json").stdout)

    parts = {row["part"]: row for row in told["parts"]}
    assert told["running"]
    assert set(parts) == PARTS
    assert all(row["state"] in ("running", "ready") and row["memory_mb"] > 0 for row in parts.values())
    assert {parts[name]["lag"] for name in ("catalog", "orders", "orders.2")} == {0}
    assert parts["notify"]["outbox_age_s"] == 0


def test_a_second_up_attaches(lumbung: Lumbung) -> None:
    before = lumbung.status()

    again = lumbung("up")

    assert again.returncode == 0
    assert "Already running" in again.stdout
    assert {name: row["pid"] for name, row in lumbung.status().items()} == {
        name: row["pid"] for name, row in before.items()
    }


def test_other_replicas_need_a_down_first(lumbung: Lumbung) -> None:
    refused = lumbung("up", "--replicas", "catalog=2")

    assert refused.returncode == 2
    assert "lumbung down" in refused.stderr


def test_a_token_is_believed_by_the_services(lumbung: Lumbung) -> None:
    token = lumbung("token", "seller").stdout.strip()
    lots = Request(
        lumbung.status()["catalog"]["address"] + "/lots", headers={"Authorization": f"Bearer {token}"}
    )

    with urlopen(lots) as answer:
        assert answer.status == 200


def test_status_tells_of_duties_that_are_put_off(lumbung: Lumbung) -> None:
    dsn = open_stack(lumbung.home, "embedded").dsn("catalog")
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO due (kind, key, at, not_before) VALUES ('none', '1', now(), now() + interval '1 day')"
        )
        told, shown = lumbung.status()["catalog"], lumbung("status").stdout
        connection.execute("DELETE FROM due WHERE kind = 'none'")

    assert (told["put_off"], told["state"]) == (1, "ready")
    assert "ready (1 duties put off)" in shown


def test_services_write_json_lines_and_logs_shows_them_readable(lumbung: Lumbung) -> None:
    written = Home(lumbung.home).log("notify").read_text().splitlines()
    shown = lumbung("logs", "notify", "-n", "1000").stdout.splitlines()

    assert {json.loads(line)["service"] for line in written} == {"notify"}
    assert any(line.endswith("INFO uvicorn.error Application startup complete.") for line in shown)
    assert not any(line.startswith("{") for line in shown)


def test_following_logs_shows_new_lines_readable_too(lumbung: Lumbung) -> None:
    with lumbung.runs("logs", "catalog", "-f", "-n", "1") as following:
        assert following.stdout is not None
        before = following.stdout.readline()
        os.kill(lumbung.status()["catalog"]["pid"], signal.SIGTERM)
        after = [following.stdout.readline() for _ in range(2)]
        following.terminate()
    lumbung.await_well()

    assert not any(line.startswith("{") for line in (before, *after))
    assert "INFO uvicorn.error Shutting down" in "".join(after)


def test_logs_and_events_and_migrate_work_on_what_runs(lumbung: Lumbung) -> None:
    assert "Uvicorn running" in lumbung("logs", "orders.2").stdout
    assert lumbung("events", "orders.orders", "--from-start").returncode == 0
    assert "Up to date: orders" in lumbung("migrate", "orders").stdout
    assert lumbung("events", "orders.ordres").returncode == 2
    assert lumbung("logs", "../passwords").returncode == 2


KEY = "0190b1a2-0000-7000-8000-00000000cafe"


def listed(lumbung: Lumbung) -> list[dict[str, Any]]:
    """What is parked of the key, by service and offset."""
    told = json.loads(lumbung("parked", "list", "--json").stdout)
    return [row for row in told["parked"] if row["key"] == KEY]


def await_listed(lumbung: Lumbung, count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + PATIENCE
    while len(found := listed(lumbung)) < count:
        assert time.monotonic() < deadline, found
    return found


def test_what_nobody_can_handle_is_listed_shown_tried_again_and_given_up(lumbung: Lumbung) -> None:
    stack = open_stack(lumbung.home, "embedded")
    damaged = Record("orders.orders", 0, 0, KEY.encode(), b"{", [("x-from", b"\xff")])
    blocking(publish(stack.kafka, [damaged, damaged]))
    found = await_listed(lumbung, 4)
    assert {row["service"] for row in found} == {"cooperative", "notify"}

    both = lumbung("parked", "replay", KEY)
    assert (both.returncode, "--service notify" in both.stderr) == (2, True)
    again = lumbung("parked", "replay", KEY, "--service", "notify")
    assert (again.returncode, "a header cannot be read" in again.stderr) == (1, True)
    gone = lumbung("parked", "discard", KEY, "--service", "notify", "--why", "made by a test", "--by", "rini")
    assert (gone.returncode, gone.stdout) == (0, "2 discarded\n")

    mine = [row for row in found if row["service"] == "notify"]
    shown = lumbung("parked", "show", mine[0]["id"]).stdout
    assert "discarded version ? by rini: made by a test" in shown
    assert "x-from: \\xff" in shown
    assert {row["service"] for row in listed(lumbung)} == {"cooperative"}
    assert lumbung("parked", "discard", KEY, "--why", "made by a test").stdout == "2 discarded\n"
    assert lumbung("parked", "discard", KEY, "--why", "made by a test").returncode == 2


def test_a_projection_is_not_rebuilt_while_its_service_runs(lumbung: Lumbung) -> None:
    refused = lumbung("rebuild", "orders", "lots")

    assert refused.returncode == 1
    assert "Stop it first: lumbung down" in refused.stderr


def test_doctor_finds_this_machine_fit(lumbung: Lumbung) -> None:
    found = lumbung("doctor")

    assert found.returncode == 0, found.stdout
    assert "PostgreSQL" in found.stdout


def test_whatever_is_killed_comes_back_and_nothing_is_lost(lumbung: Lumbung) -> None:
    stack = open_stack(lumbung.home, "embedded")
    with psycopg.connect(stack.dsn("orders")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    before = {name: row["pid"] for name, row in lumbung.status().items()}

    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    lumbung.await_well()

    after = {name: row["pid"] for name, row in lumbung.status().items()}
    assert set(after) == PARTS
    assert not set(before.values()) & set(after.values())
    with psycopg.connect(stack.dsn("orders")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_killing_the_supervisor_ends_all_and_up_brings_it_back(lumbung: Lumbung) -> None:
    processes = lumbung.processes()
    assert len(processes) > len(PARTS)

    processes[0].kill()
    _, left = psutil.wait_procs(processes, timeout=30)

    assert left == []
    assert lumbung("status").returncode == 3
    assert lumbung("up").returncode == 0
    with psycopg.connect(open_stack(lumbung.home, "embedded").dsn("orders")) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_down_leaves_no_process(lumbung: Lumbung) -> None:
    processes = lumbung.processes()

    assert lumbung("down").stdout == "Stopped.\n"

    assert [process for process in processes if process.is_running()] == []
    assert lumbung("status").returncode == 3
    assert lumbung("down").stdout == "Nothing was running.\n"


def test_a_projection_is_rebuilt_while_nothing_runs_and_nothing_is_left_running(lumbung: Lumbung) -> None:
    done = lumbung("rebuild", "orders", "lots")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "orders's lots: 0 rows were right; 0 changed, 0 added, 0 removed" in done.stdout
    assert lumbung("status").returncode == 3


def test_a_start_that_fails_shows_the_log_lines_that_explain_it(open_folder: Path) -> None:
    broken = Lumbung(open_folder / "broken")
    data = broken.home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("no number")

    up = broken("up")

    assert up.returncode == 1
    assert "postgres: ended at its start" in up.stderr
    assert "FATAL" in up.stderr
    assert "Traceback" not in up.stderr
    assert broken("reset", "--yes").returncode == 0
