"""The running stack: who may open which database, and who may start it."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from infra.passwords import Passwords
from infra.services import SERVICES
from infra.stack import Stack, open_stack
from infra.topics import Topic, provision
from tests.harness.stack import home


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_opens_no_other_services_database(stack: Stack, service: str) -> None:
    for other in {*SERVICES, "postgres", "template1"} - {service}:
        elsewhere = stack.dsn(service).rpartition("/")[0] + f"/{other}"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(elsewhere)

    with closing(psycopg.connect(stack.dsn(service))) as own:
        assert own.execute("SELECT current_user").fetchone() == (service,)


def test_a_wrong_password_opens_nothing(stack: Stack) -> None:
    forged = stack.dsn("orders").replace(Passwords(home() / "passwords.json").of("orders"), "guessed")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(forged)


def test_a_role_may_end_its_own_sessions_but_no_others(stack: Stack) -> None:
    with (
        closing(psycopg.connect(stack.dsn("orders"))) as own,
        closing(psycopg.connect(stack.dsn("orders"))) as own_too,
        closing(psycopg.connect(stack.dsn("catalog"))) as foreign,
    ):
        assert own.execute("SELECT pg_terminate_backend(%s)", [own_too.info.backend_pid]).fetchone() == (
            True,
        )

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            own.execute("SELECT pg_terminate_backend(%s)", [foreign.info.backend_pid])


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("wal_level", "logical"),
        ("fsync", "on"),
        ("password_encryption", "scram-sha-256"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("idle_in_transaction_session_timeout", "5s"),
    ],
)
def test_postgresql_is_set_up_as_designed(stack: Stack, setting: str, value: str) -> None:
    with closing(psycopg.connect(stack.admin_dsn())) as admin:
        assert admin.execute("SELECT current_setting(%s)", [setting]).fetchone() == (value,)


def test_passwords_are_for_their_owner_alone(stack: Stack) -> None:
    assert stack.kind == "embedded"
    assert (home() / "passwords.json").stat().st_mode & 0o077 == 0


def test_a_second_start_attaches_and_its_stop_stops_nothing(stack: Stack) -> None:
    second = open_stack(home())

    second.start()
    second.stop()

    assert second.kafka == stack.kafka
    with closing(psycopg.connect(second.dsn("orders"))) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_status_tells_what_runs_and_what_it_takes(stack: Stack) -> None:
    found = {part.name: part for part in stack.status()}

    assert set(found) == {"postgres", "kafka"}
    assert all(part.state == "running" and part.memory > 1_000_000 for part in found.values())


def test_topics_are_made_once_and_brought_up_to_date(stack: Stack) -> None:
    settings = {"retention.ms": "60000", "cleanup.policy": "delete"}
    topic = Topic("infra.provisioned", 2, settings)

    first = provision(stack.kafka, [topic])
    again = provision(stack.kafka, [topic])
    provision(stack.kafka, [Topic(topic.name, 2, settings | {"retention.ms": "90000"})])

    assert (first, again) in ((["infra.provisioned"], []), ([], []))


def test_an_unknown_kind_of_stack_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="embedded, containers, external"):
        open_stack(tmp_path, "docker")
