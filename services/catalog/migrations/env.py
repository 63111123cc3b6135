"""Alembic's entry: catalog's tables in catalog's database."""

from services.catalog.tables import metadata
from services.chassis.migration import run_migrations

run_migrations(metadata)
