"""A copy of a table beside it, in the schema `rebuild`: made, compared, and taken over in portions."""

from typing import NamedTuple

from sqlalchemy import Table, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.chassis.database import Database

SCHEMA = "rebuild"


class Differences(NamedTuple):
    """Rows that are the same, that differ, that only the copy has, and that only the table has."""

    same: int
    changed: int
    missing: int
    left_over: int


def beside(database: Database) -> Database:
    """The same database, but every table named is the copy: what has none cannot be touched."""
    engine = database.engine.execution_options(schema_translate_map={None: SCHEMA})
    return Database(engine, database.clock, database.service, lambda: None)


async def make(engine: AsyncEngine, table: Table) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        await connection.execute(text(f"DROP TABLE IF EXISTS {SCHEMA}.{table.name}"))
        await connection.execute(
            text(f"CREATE TABLE {SCHEMA}.{table.name} (LIKE {table.name} INCLUDING ALL)")
        )


async def drop(engine: AsyncEngine, table: Table) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(f"DROP TABLE IF EXISTS {SCHEMA}.{table.name}"))


async def differences(engine: AsyncEngine, table: Table) -> Differences:
    key = table.primary_key.columns.keys()[0]
    told = text(
        f"SELECT count(*) FILTER (WHERE {_as_text('now')} = {_as_text('new')}),"  # noqa: S608
        f" count(*) FILTER (WHERE {_as_text('now')} <> {_as_text('new')}),"
        f" count(*) FILTER (WHERE now.{key} IS NULL), count(*) FILTER (WHERE new.{key} IS NULL)"
        f" FROM {table.name} AS now FULL JOIN {SCHEMA}.{table.name} AS new USING ({_key(table)})"
    )
    async with engine.connect() as connection:
        return Differences(*(await connection.execute(told)).one())


def without_what_is_no_more(table: Table) -> TextClause:
    """Delete a portion of the rows that the copy has not."""
    key = _key(table)
    return text(
        f"DELETE FROM {table.name} WHERE ({key}) IN"  # noqa: S608
        f" (SELECT {key} FROM {table.name} EXCEPT SELECT {key} FROM {SCHEMA}.{table.name} LIMIT :portion)"
    )


def with_what_is_new(table: Table) -> TextClause:
    """Insert or change a portion of the rows that are not as in the copy."""
    columns = ", ".join(table.columns.keys())
    anew = ", ".join(f"{name} = excluded.{name}" for name in table.columns.keys())  # noqa: SIM118
    return text(
        f"INSERT INTO {table.name} ({columns})"  # noqa: S608
        f" SELECT {', '.join(f'new.{name}' for name in table.columns.keys())} FROM {SCHEMA}.{table.name} AS new"  # noqa: SIM118
        f" LEFT JOIN {table.name} AS now USING ({_key(table)})"
        f" WHERE {_as_text('now')} IS DISTINCT FROM {_as_text('new')} LIMIT :portion"
        f" ON CONFLICT ({_key(table)}) DO UPDATE SET {anew}"
    )


def _key(table: Table) -> str:
    return ", ".join(table.primary_key.columns.keys())


def _as_text(row: str) -> str:
    """Every column as it is shown: json has no equality of its own, and the order of its names counts."""
    return f"row_to_json({row})::text"
