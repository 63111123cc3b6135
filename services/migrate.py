"""Bring one service's database to the code's revision: `python -m services.migrate orders [upgrade|check]`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config


def config(service: str) -> Config:
    """Alembic's configuration for a service; the database is named by `LUMBUNG_DATABASE_URL`."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / service / "migrations"))
    return made


def main(arguments: list[str]) -> None:
    service, *rest = arguments
    if rest == ["check"]:
        command.check(config(service))
    else:
        command.upgrade(config(service), "head")


if __name__ == "__main__":
    main(sys.argv[1:])
