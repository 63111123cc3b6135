"""Whether the cooperative service answers while it shares: its process, a real batch, health asked all the time."""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from alembic import command

from bench.sharing.compare import as_table
from bench.sharing.large import big
from bench.sharing.stored import fall_due, store
from infra.ports import Ports
from infra.stack import open_stack
from infra.topics import described, provision
from services.chassis.tokens import SigningKey, write_key_set
from services.migrate import config

EVERY_S, IDLE_S = 0.01, 10
WHERE = """
SELECT CASE WHEN NOT EXISTS (SELECT FROM lines) THEN 'taking the book'
            WHEN NOT EXISTS (SELECT FROM sharings) THEN 'reading and freezing'
            WHEN EXISTS (SELECT FROM sharings WHERE status = 'frozen') THEN 'solving and verifying'
            WHEN EXISTS (SELECT FROM offers) THEN 'asking'
            WHEN EXISTS (SELECT FROM due WHERE kind = 'firm') THEN 'becoming firm'
            WHEN (SELECT status FROM windows) = 'announced' THEN 'asked'
            WHEN EXISTS (SELECT FROM due WHERE kind = 'book-credits') THEN 'booking credits'
            WHEN EXISTS (SELECT FROM lines WHERE filled IS NULL) THEN 'settling lines'
            ELSE 'done' END,
       (SELECT string_agg(coalesce(complaint, status), ' ') FROM sharings), (SELECT count(*) FROM shares)
"""


def watched(lots: int, orders: int, longest_s: float) -> dict[str, Any]:
    """Share so many lots in the service, and tell for each phase how long `/health/live` took to answer.

    Catalog answers nothing: when the window becomes firm every share ends, and every credit changes. What is not
    done within `longest_s` is left; `ended` names the phase.
    """
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder), big(lots, orders)) as (url, port):
        asking = Asking(port)
        asking.start()
        time.sleep(IDLE_S)
        phases = {"idle": asking.begun}
        fall_due(url, "share-book")
        told = _follow(url, phases, longest_s)
        asking.stop()
        spans = list(zip(phases.values(), [*list(phases.values())[1:], time.perf_counter()], strict=True))
        return {
            "lots": lots,
            "orders": orders,
            "load": os.getloadavg(),
            **told,
            "phases": [
                {"phase": name, "s": round(end - start, 1), **asking.latencies(start, end)}
                for name, (start, end) in zip(phases, spans, strict=True)
                if name not in {"asked", "done"}
            ],
            "whole": asking.latencies(spans[0][1], spans[-1][0]),
        }


def _follow(url: str, phases: dict[str, float], longest_s: float) -> dict[str, Any]:
    """Note when each phase is first seen; once everybody is asked, let the window become firm."""
    deadline = time.monotonic() + longest_s
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            where, status, shares = connection.execute(WHERE).fetchone() or ("", "", 0)
            if where not in phases:
                phases[where] = time.perf_counter()
                print(f"{where} ... (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
            if where == "asked":
                fall_due(url, "firm")
            if where == "done" or time.monotonic() > deadline:
                return {"ended": where, "sharing": status, "shares": shares}
            time.sleep(0.2)


class Asking(threading.Thread):
    """Asks `/health/live` over one connection, again and again; keeps when, and how long each answer took."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._port, self._ended = port, threading.Event()
        self._taken: list[tuple[float, float]] = []
        self.begun = time.perf_counter()

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._ended.is_set():
            begun = time.perf_counter()
            connection.request("GET", "/health/live")
            answer = connection.getresponse()
            answer.read()
            self._taken.append((begun, time.perf_counter() - begun))
            if answer.status != http.HTTPStatus.OK:
                raise RuntimeError(f"/health/live answered {answer.status}")
            time.sleep(EVERY_S)

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def latencies(self, start: float, end: float) -> dict[str, Any]:
        taken = sorted(took for begun, took in self._taken if start <= begun < end)
        if not taken:
            return {"answers": 0}
        p = {name: taken[min(len(taken) - 1, len(taken) * share // 100)] for name, share in _SHARES}
        return {"answers": len(taken), **{name: round(1000 * took, 1) for name, took in p.items()}}


_SHARES = (("p50 ms", 50), ("p99 ms", 99), ("max ms", 100))


@contextmanager
def _running(folder: Path, day: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The service's process on a database of its own; answers the database's address and the port."""
    stack = open_stack(Path(os.environ.get("LUMBUNG_HOME", folder / "home")))
    stack.start()
    try:
        url = stack.add_database("bench_cooperative")
        _empty(url)
        store(url, day)
        provision(stack.kafka, described())
        write_key_set(folder / "keys.json", [SigningKey.new()])
        port = Ports(folder / "ports.json").of("cooperative")
        with _service(url, ",".join(stack.kafka), folder / "keys.json", port):
            yield url, port
    finally:
        stack.stop()


def _empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    os.environ["LUMBUNG_DATABASE_URL"] = url
    command.upgrade(config("cooperative"), "head")


@contextmanager
def _service(url: str, kafka: str, keys: Path, port: int) -> Iterator[None]:
    told = {"LUMBUNG_DATABASE_URL": url, "LUMBUNG_KAFKA": kafka, "LUMBUNG_KEYS": str(keys)}
    told["LUMBUNG_HTTP_PORT"] = str(port)
    process = subprocess.Popen(
        [sys.executable, "-m", "services.run", "cooperative"], env={**os.environ, **told}
    )
    try:
        _until_it_answers(port)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sharing.health", description=__doc__)
    parser.add_argument("--lots", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=5_000, help="order lines of the window")
    parser.add_argument("--seconds", type=float, default=1800, help="after which the sharing is left")
    asked = parser.parse_args()
    found = watched(asked.lots, asked.orders, asked.seconds)
    kept = Path(f"bench/results/sharing-health-{asked.lots}.json")
    kept.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"Health while the service shares {asked.lots} lots x {asked.orders} lines\n")
    print("\n".join(as_table(found["phases"])))


if __name__ == "__main__":
    main()
