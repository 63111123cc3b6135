"""What all tables of cooperative share: one metadata, one mapper, and a few column types."""

from enum import StrEnum

from sqlalchemy import DateTime, Enum, MetaData
from sqlalchemy.orm import registry

from services.chassis.tables import chassis_tables

MOMENT = DateTime(timezone=True)

metadata = MetaData()
chassis_tables(metadata)
mapper = registry(metadata=metadata)


def one_of(names: type[StrEnum]) -> Enum:
    """A column that holds one of these names, as text."""
    return Enum(
        names, native_enum=False, length=20, values_callable=lambda each: [name.value for name in each]
    )
