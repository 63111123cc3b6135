"""Alembic's entry: the tables of orders in its own database."""

from services.chassis.migration import run_migrations
from services.orders.tables import metadata

run_migrations(metadata)
