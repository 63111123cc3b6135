"""`events`: what travels through the topics, decoded, one line each."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from aiokafka import AIOKafkaConsumer, TopicPartition
from rich.text import Text

from infra.home import Home
from infra.stack import open_stack
from infra.topics import described
from lumbung import exits
from lumbung.screen import colour, console

SHOWN_BEFORE = 20
POLL_MS = 300


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: lumbung events orders.orders --from-start --follow")(events)


def events(
    topic: Annotated[str | None, typer.Argument(help="One topic; all of them when left out.")] = None,
    from_start: Annotated[bool, typer.Option("--from-start", help="All that the topics keep.")] = False,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes.")] = False,
) -> None:
    """Show events: the last 20, or all; with time, type, version, whose they are, who did it, and the fact."""
    known = [one.name for one in described()]
    if topic is not None and topic not in known:
        exits.fail(f"There is no topic {topic!r}. There are: {', '.join(known)}", exits.WRONG_USE)
    stack = open_stack(Home.chosen().root)
    if not any(part.state == "running" for part in stack.status() if part.name == "kafka"):
        exits.not_running()
    asyncio.run(_show(stack.kafka, [topic] if topic else known, from_start, follow))


async def _show(addresses: Sequence[str], topics: list[str], from_start: bool, follow: bool) -> None:
    consumer = AIOKafkaConsumer(bootstrap_servers=list(addresses), enable_auto_commit=False)
    await consumer.start()
    try:
        ends = await _seek(consumer, topics, from_start)
        past = sorted(
            [record async for record in _until(consumer, ends)], key=lambda record: record.timestamp
        )
        for record in past if from_start else past[-SHOWN_BEFORE:]:
            console.print(line(record), soft_wrap=True)
        while follow:
            for record in await _next(consumer):
                console.print(line(record), soft_wrap=True)
    finally:
        await consumer.stop()


async def _seek(consumer: Any, topics: list[str], from_start: bool) -> dict[TopicPartition, int]:
    """Puts the consumer where to begin, and returns where the topics end now."""
    partitions = [
        TopicPartition(topic, number) for topic in topics for number in await _numbers(consumer, topic)
    ]
    consumer.assign(partitions)
    begins, ends = await asyncio.gather(
        consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
    )
    for partition in partitions:
        recent = max(begins[partition], ends[partition] - SHOWN_BEFORE)
        consumer.seek(partition, begins[partition] if from_start else recent)
    return {partition: end for partition, end in ends.items() if end > begins[partition]}


async def _numbers(consumer: Any, topic: str) -> list[int]:
    await consumer._client.add_topic(topic)
    return sorted(consumer.partitions_for_topic(topic) or ())


async def _until(consumer: Any, ends: dict[TopicPartition, int]) -> AsyncIterator[Any]:
    left = dict(ends)
    while left:
        for record in await _next(consumer):
            yield record
        left = {partition: end for partition, end in left.items() if await consumer.position(partition) < end}


async def _next(consumer: Any) -> list[Any]:
    groups = await consumer.getmany(timeout_ms=POLL_MS)
    return [record for records in groups.values() for record in records]


def line(record: Any) -> Text:
    said = {name: value.decode(errors="replace") for name, value in record.headers if value is not None}
    kind = said.get("ce_type", f"{record.topic}?")
    at = datetime.fromtimestamp(record.timestamp / 1000, UTC).astimezone().strftime("%H:%M:%S.%f")[:-3]
    who = said.get("ce_actor", "").partition(":")[0]
    if "ce_onbehalfof" in said:
        who += " on behalf"
    text = Text(f"{at} ", style="dim")
    text.append(f"{kind:<34}", style=colour(record.topic))
    return text.append(f" {_key(record)} {who:<12} ", style="dim").append(_fact(record.value))


def _key(record: Any) -> str:
    return (record.key or b"").decode(errors="replace")[-12:]


def _fact(value: bytes | None) -> str:
    try:
        fact = json.loads(value or b"")
    except ValueError:
        return repr((value or b"")[:120])
    return json.dumps(fact, ensure_ascii=False, separators=(", ", ": "))
