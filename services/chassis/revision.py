"""Which revision of the database the code was written for, and which one the database is at."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SERVICES = Path(__file__).parents[1]


def wanted(service: str) -> str:
    """The number of the service's newest migration; nothing where it has none."""
    files = (SERVICES / service / "migrations" / "versions").glob("[0-9]*_*.py")
    return max((file.name.partition("_")[0] for file in files), default="")


async def stored(connection: AsyncConnection) -> str:
    """The number of the newest migration that the database has been through; nothing before the first."""
    if not await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL")):
        return ""
    return str(await connection.scalar(text("SELECT max(version_num) FROM alembic_version")) or "")


async def behind(connection: AsyncConnection, service: str) -> str:
    """Why the database is too old for this code, in words; nothing where it is as new, or newer."""
    needed, found = wanted(service), await stored(connection)
    if found >= needed:
        return ""
    return (
        f"database is at revision {found or 'none'}, this code needs {needed}: run services.migrate {service}"
    )
