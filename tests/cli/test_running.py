"""`lumbung up` and what may happen to it."""

import json
import os
import signal
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import psycopg

from infra.home import Home
from infra.stack import open_stack
from tests.cli.command import Lumbung

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
