"""Taking every row out of a service's database."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

STATE_OF_ITS_OWN = ("alembic_version", "relay")


def empty(connection: "psycopg.Connection[tuple[Any, ...]]", but: Sequence[str] = STATE_OF_ITS_OWN) -> None:
    """No rows are left but in these tables: the schema's revision, and how far the relay is, are not facts."""
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL(%s)",
        [list(but)],
    )
    tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
