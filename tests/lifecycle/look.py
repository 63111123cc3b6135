"""What stands in a service's database, as the checker of the faults reads it; one round trip."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from services.chassis.tables import chassis
from tests.faults.checker.evidence import Kept
from tests.faults.checker.gather import fact
from tests.harness.service import ServiceUnderTest

LONG = {"sharing_papers", "sentences", "offers"}
"""Texts that no identity is about."""
OF_THE_CHASSIS = {table.name for table in chassis.tables.values()} - {"timeline"}
READ = ("positions", "parked", "due")
Said = tuple[str, str]


@dataclass
class Seen(Kept):
    """`said` counts the facts that people brought about: how often each type of each thing."""

    said: Counter[Said] = field(default_factory=Counter)


def statement(service: ServiceUnderTest) -> str:
    """Every row of every table, and of the inbox the ids."""
    own = {table.name for table in service.service.metadata.sorted_tables} - OF_THE_CHASSIS - LONG
    rows = [
        f"SELECT '{name}' AS name, to_jsonb(one)::text AS row FROM \"{name}\" AS one" for name in sorted(own)
    ]
    rows += [f"SELECT '{name}', to_jsonb(one)::text FROM {name} AS one" for name in READ]
    return " UNION ALL ".join([*rows, "SELECT 'inbox', id::text FROM inbox"])


async def look(connection: Any, service: str, asked: str) -> Seen:
    """All that is there now."""
    seen = Seen(service)
    for row in await connection.fetch("SELECT * FROM outbox ORDER BY xid, id"):
        seen.outbox.append(fact(row))
        if not row["original"] and not row["actor"].startswith("service:"):
            seen.said[row["type"], row["aggregateid"]] += 1
    for name, row in await connection.fetch(asked):
        if name == "inbox":
            seen.inbox.add(row)
        else:
            seen.tables.setdefault(name, []).append(json.loads(row))
    seen.parked, seen.due = seen.tables.pop("parked", []), seen.tables.pop("due", [])
    positions = seen.tables.pop("positions", [])
    seen.positions = {(row["topic"], row["partition"]): row["next_offset"] for row in positions}
    return seen
