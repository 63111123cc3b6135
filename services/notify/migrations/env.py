"""Alembic's entry: notify's tables in notify's database."""

from services.chassis.migration import run_migrations
from services.notify.tables import metadata

run_migrations(metadata)
