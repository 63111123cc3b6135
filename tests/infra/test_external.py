"""The same interface on servers that somebody else runs: here, those of the test session."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from infra.stack import Stack, open_stack
from infra.stack.databases import provide


def test_an_external_stack_needs_both_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUMBUNG_POSTGRES", raising=False)

    with pytest.raises(RuntimeError, match="LUMBUNG_POSTGRES"):
        open_stack(tmp_path, "external")


def test_an_external_stack_provides_roles_and_starts_nothing(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMBUNG_POSTGRES", stack.admin_dsn())
    monkeypatch.setenv("LUMBUNG_KAFKA", ",".join(stack.kafka))
    monkeypatch.setattr("infra.stack.external.SERVICES", ("elsewhere",))
    external = open_stack(tmp_path, "external")

    external.start()
    external.stop()

    assert external.parts == ()
    assert [part.state for part in external.status()] == ["running", "running"]
    with closing(psycopg.connect(external.dsn("elsewhere"))) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("elsewhere",)


def test_providing_again_changes_the_password_to_the_one_on_file(stack: Stack) -> None:
    provide(stack.admin_dsn(), ["renewed"], lambda _: "first")
    provide(stack.admin_dsn(), ["renewed"], lambda _: "second")

    dsn = stack.dsn("orders")
    place = dsn.rpartition("@")[2].partition("/")[0]
    psycopg.connect(f"postgresql://renewed:second@{place}/renewed").close()
