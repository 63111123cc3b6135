"""One role and one database per service, closed to every other role."""

from collections.abc import Callable, Iterable

import psycopg
from psycopg import sql


def provide(admin_dsn: str, services: Iterable[str], password_of: Callable[[str], str]) -> None:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for name in ("postgres", "template1"):
            _close(connection, name)
        for service in services:
            _provide_role(connection, service, password_of(service))
            if service not in known:
                names = {"name": sql.Identifier(service)}
                connection.execute(sql.SQL("CREATE DATABASE {name} OWNER {name}").format(**names))
            _close(connection, service)


def _provide_role(connection: psycopg.Connection, role: str, password: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if found else "CREATE"
    statement = sql.SQL(verb + " ROLE {role} LOGIN PASSWORD {password}")
    connection.execute(statement.format(role=sql.Identifier(role), password=sql.Literal(password)))


def _close(connection: psycopg.Connection, database: str) -> None:
    revoke = sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    connection.execute(revoke.format(name=sql.Identifier(database)))
