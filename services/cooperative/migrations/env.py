"""Alembic's entry: cooperative's tables in cooperative's database."""

from services.chassis.migration import run_migrations
from services.cooperative.tables import metadata

run_migrations(metadata)
