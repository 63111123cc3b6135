"""Many rows as one parameter: a text is bound faster than thousands of values, and the statement stays the same."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnClause,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert

_ROWS = "rows"


def recordset(*columns: ColumnClause[Any]) -> TableValuedAlias:
    """A table `told` of these columns; its rows are what `spoken` makes the statement's parameter."""
    rows = cast(bindparam(_ROWS, type_=Text), JSON)
    unpacked = func.json_to_recordset(rows).table_valued(*columns)
    return unpacked.render_derived(name="told", with_types=True)


def spoken(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Rows as the parameter; PostgreSQL reads ids, days and times from their text."""
    return {_ROWS: json.dumps([*rows], default=str)}


@cache
def inserted(table: Table, names: tuple[str, ...]) -> Insert:
    """All told rows into these columns, except those whose key is there already."""
    told = recordset(*[column(name, table.c[name].type) for name in names])
    return insert(table).from_select([*names], select(*told.c)).on_conflict_do_nothing()
