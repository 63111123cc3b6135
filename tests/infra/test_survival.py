"""What outlives a restart, and what does not outlive its owner."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import psycopg

from infra.home import CHECKOUT, Home
from infra.stack import Stack
from infra.stack.embedded import EmbeddedStack
from infra.stack.postgres import OUTSIDE
from infra.stack.starting import start_all
from infra.topics import Topic, provision

OWNER = """
import sys, pathlib
from infra.stack import open_stack
stack = open_stack(pathlib.Path(sys.argv[1]))
stack.start()
print("started", flush=True)
sys.stdin.read()
"""
TOPIC = Topic("infra.kept", 1, {"retention.ms": "60000"})


def test_everything_stored_survives_kills_and_restarts_beside_another_stack(
    stack: Stack, closed_home: Path
) -> None:
    owner = _owner_of(closed_home)
    mine = EmbeddedStack(Home(closed_home))
    parts = _processes(mine)
    provision(mine.kafka, [TOPIC])
    _write(mine, "kept")
    assert (OUTSIDE / mine.home.id).exists() == (os.geteuid() == 0)  # its own user may not enter the home

    assert _left_when_killed(owner, parts) == []

    mine.start()
    try:
        assert _read(mine) == "kept"
        assert provision(mine.kafka, [TOPIC]) == []
        assert set(mine.kafka).isdisjoint(stack.kafka)
        for part in mine.parts:
            part.kill()
        start_all(mine.parts, spawned=mine.remember)
        assert _read(mine) == "kept"
    finally:
        mine.stop()
    assert [part.state for part in mine.status()] == []


def _owner_of(home: Path) -> "subprocess.Popen[str]":
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "LUMBUNG_STACK": "embedded"},
    )
    assert owner.stdout is not None
    assert owner.stdin is not None
    with owner.stdout, owner.stdin:
        assert owner.stdout.readline() == "started\n"
        owner.send_signal(signal.SIGSTOP)  # so that closing its input does not end it in order
    return owner


def _left_when_killed(owner: "subprocess.Popen[str]", parts: list[psutil.Process]) -> list[psutil.Process]:
    owner.kill()
    owner.wait()
    return psutil.wait_procs(parts, timeout=20)[1]


def _processes(stack: Stack) -> list[psutil.Process]:
    roots = [psutil.Process(part.pid) for part in stack.status() if part.pid]
    assert len(roots) == 2
    return [process for root in roots for process in [root, *root.children(recursive=True)]]


def _write(stack: Stack, text: str) -> None:
    with psycopg.connect(stack.dsn("orders")) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def _read(stack: Stack) -> str:
    with closing(psycopg.connect(stack.dsn("orders"))) as connection:
        row = connection.execute("SELECT text FROM note").fetchone()
    assert row is not None
    return str(row[0])
