"""Ready means that the database is at the code's revision, or at a later one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from services.chassis import revision
from tests.harness.service import ServiceUnderTest


@pytest.fixture
async def migrated(
    mirror: ServiceUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ServiceUnderTest]:
    """`mirror` with two migrations in its code, and the first of them in its database."""
    versions = tmp_path / "mirror" / "migrations" / "versions"
    versions.mkdir(parents=True)
    for name in ("0001_mirrors.py", "0002_labels.py"):
        (versions / name).touch()
    monkeypatch.setattr(revision, "SERVICES", tmp_path)
    async with mirror.tx() as tx:
        await tx.execute(text("CREATE TABLE alembic_version AS SELECT '0001' AS version_num"))
    yield mirror
    async with mirror.tx() as tx:
        await tx.execute(text("DROP TABLE alembic_version"))


async def because(mirror: ServiceUnderTest) -> tuple[int, list[str]]:
    async with mirror.client() as client:
        answer = await client.get("/health/ready")
    return answer.status_code, answer.json()["because"]


async def test_a_service_on_an_older_database_is_not_ready_and_says_what_to_do(
    migrated: ServiceUnderTest,
) -> None:
    assert await because(migrated) == (
        503,
        ["database is at revision 0001, this code needs 0002: run services.migrate mirror"],
    )


@pytest.mark.parametrize("found", ["0002", "0003"])
async def test_a_service_on_a_database_as_new_or_newer_is_ready(
    migrated: ServiceUnderTest, found: str
) -> None:
    async with migrated.tx() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": found})

    assert await because(migrated) == (200, [])
