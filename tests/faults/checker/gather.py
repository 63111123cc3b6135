"""Reads the evidence: plain SQL over asyncpg, records over aiokafka, the contract and the history from their files."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import yaml
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.faults.checker.evidence import Asked, Carried, Evidence, Fact, Kept, Place
from tests.faults.checker.violation import moment

CHASSIS = {"outbox", "inbox", "positions", "parked", "due", "relay", "idempotency", "alembic_version"}
SILENT_MS = 1_000


async def gather(
    databases: Mapping[str, str],
    brokers: Sequence[str],
    *,
    described: Path,
    history: Path,
    offset_s: float,
    injected: Iterable[str] = (),
) -> Evidence:
    """Everything there is, as of now."""
    kept = {service: await _kept(service, dsn) for service, dsn in databases.items()}
    topics, receives = contract(described)
    records, ends = await _records(brokers, topics)
    now = await _now(next(iter(databases.values())))
    return Evidence(
        now=now + timedelta(seconds=offset_s),
        services=kept,
        topics=records,
        ends=ends,
        asked=_asked(history),
        receives=receives,
        injected=frozenset(injected),
    )


async def _now(dsn: str) -> datetime:
    connection = await asyncpg.connect(dsn)
    try:
        told: datetime = await connection.fetchval("SELECT clock_timestamp()")
    finally:
        await connection.close()
    return told.astimezone(UTC)


async def _kept(service: str, dsn: str) -> Kept:
    connection = await asyncpg.connect(dsn, timeout=30, command_timeout=120)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            kept = Kept(service)
            kept.outbox = [
                fact(row) for row in await connection.fetch("SELECT * FROM outbox ORDER BY xid, id")
            ]
            kept.inbox = {str(row["id"]) for row in await connection.fetch("SELECT id FROM inbox")}
            rows = await connection.fetch("SELECT topic, partition, next_offset FROM positions")
            kept.positions = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
            kept.parked = await _json(connection, "parked")
            kept.due = await _json(connection, "due")
            for table in await _tables(connection):
                kept.tables[table] = await _json(connection, table)
            return kept
    finally:
        await connection.close()


async def _tables(connection: Any) -> list[str]:
    found = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relispartition"
    )
    return sorted({row["relname"] for row in found} - CHASSIS)


async def _json(connection: Any, table: str) -> list[dict[str, Any]]:
    rows = await connection.fetch(f'SELECT to_jsonb(one)::text AS row FROM "{table}" AS one')
    return [json.loads(row["row"]) for row in rows]


def fact(row: Any) -> Fact:
    """A row of an outbox, as asyncpg reads it."""
    original = json.loads(row["original"]) if row["original"] else {}
    return Fact(
        id=str(row["id"]),
        topic=row["aggregatetype"],
        key=row["aggregateid"],
        type=row["type"],
        version=row["version"],
        value=row["payload"],
        at=row["time"].astimezone(UTC),
        cause=row["causationid"],
        is_dead_letter=bool(original),
        place=original.get("place", ""),
    )


def contract(file: Path) -> tuple[list[str], dict[str, dict[str, str]]]:
    """The topics, and per service the types it takes with their topic."""
    told = yaml.safe_load(file.read_text())
    receives: dict[str, dict[str, str]] = defaultdict(dict)
    for operation in told["operations"].values():
        topic = operation["channel"]["$ref"].rpartition("/")[2]
        if operation["action"] == "receive":
            for message in operation["messages"]:
                receives[operation["x-service"]][message["$ref"].rpartition("/")[2]] = topic
    return [channel["address"] for channel in told["channels"].values()], dict(receives)


async def _records(
    brokers: Sequence[str], topics: Sequence[str]
) -> tuple[dict[str, list[Carried]], dict[Place, int]]:
    consumer = AIOKafkaConsumer(bootstrap_servers=list(brokers), enable_auto_commit=False, group_id=None)
    await asyncio.wait_for(consumer.start(), 60)
    try:
        parts = await partitions(consumer, topics)
        consumer.assign(parts)
        await consumer.seek_to_beginning(*parts)
        ends = await consumer.end_offsets(parts)
        read = await _read_to(consumer, ends)
    finally:
        await consumer.stop()
    return read, {(part.topic, part.partition): end for part, end in ends.items()}


async def partitions(consumer: Any, topics: Iterable[str]) -> list[TopicPartition]:
    """All there are of these topics, as the cluster tells now."""
    cluster = await consumer._client.fetch_all_metadata()
    return [
        TopicPartition(topic, part) for topic in topics for part in cluster.partitions_for_topic(topic) or ()
    ]


async def _read_to(consumer: Any, ends: Mapping[Any, int]) -> dict[str, list[Carried]]:
    read: dict[str, list[Carried]] = defaultdict(list)
    while any([await consumer.position(part) < end for part, end in ends.items()]):
        for part, records in (await consumer.getmany(timeout_ms=SILENT_MS, max_records=5_000)).items():
            read[part.topic] += [_carried(one) for one in records if one.offset < ends[part]]
    return {
        topic: sorted(records, key=lambda one: (one.partition, one.offset)) for topic, records in read.items()
    }


def _carried(one: Any) -> Carried:
    headers = {name: value.decode(errors="replace") for name, value in one.headers if value is not None}
    key = "" if one.key is None else one.key.decode(errors="replace")
    return Carried(one.topic, one.partition, one.offset, key, one.value, headers)


def _asked(history: Path) -> list[Asked]:
    lines = [json.loads(line) for line in history.read_text().splitlines()]
    return [
        Asked(one["type"], one["marker"], one["outcome"], one["subject"], moment(one["at"]))
        for one in lines
        if one["type"]
    ]
