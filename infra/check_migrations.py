"""`python -m infra.check_migrations`: on an empty database each service's migrations must make its tables exactly."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from infra.home import CHECKOUT
from infra.services import SERVICES
from infra.stack import open_stack


def main() -> int:
    stack = open_stack(
        Path(os.environ.get("LUMBUNG_TEST_HOME") or CHECKOUT / ".lumbung" / "tests"), "embedded"
    )
    stack.start()
    try:
        checks = {service: _check(service, stack.add_database(f"check_{service}")) for service in SERVICES}
        return max([_tell(service, check) for service, check in checks.items()])
    finally:
        stack.stop()


def _check(service: str, dsn: str) -> "subprocess.Popen[str]":
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    migrate = f'"{sys.executable}" -m services.migrate {service}'
    return subprocess.Popen(
        ["/bin/sh", "-c", f"{migrate} && {migrate} check"],
        cwd=CHECKOUT,
        env={**os.environ, "LUMBUNG_DATABASE_URL": dsn},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _tell(service: str, check: "subprocess.Popen[str]") -> int:
    said, _ = check.communicate()
    print(f"{service}: migrations {'do not match its tables' if check.returncode else 'match its tables'}")
    if check.returncode:
        print(said)
    return check.returncode


if __name__ == "__main__":
    sys.exit(main())
