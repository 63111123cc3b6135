"""Makes the topics that asyncapi.yaml describes, and brings the settings of those that exist up to it."""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import TopicAlreadyExistsError, for_code

from infra.broker import admin, blocking
from infra.home import CHECKOUT

ASYNCAPI = CHECKOUT / "schemas" / "asyncapi.yaml"
BROKERS_FOR_SAFETY = 3


@dataclass(frozen=True)
class Topic:
    name: str
    partitions: int
    settings: dict[str, str]


def described(partitions: int | None = None, file: Path = ASYNCAPI) -> list[Topic]:
    """`partitions` replaces the described number: few are quicker where nothing has to scale."""
    wished = partitions or int(os.environ.get("LUMBUNG_PARTITIONS") or 0)
    channels = yaml.safe_load(file.read_text())["channels"].values()
    return [_topic(channel["address"], channel["bindings"]["kafka"], wished) for channel in channels]


def provision(addresses: Sequence[str], topics: Sequence[Topic], within: float = 60.0) -> list[str]:
    """Idempotent; returns the names of the topics it made, when each partition has a leader."""
    return blocking(_provision(addresses, topics, within))


def _topic(name: str, binding: dict[str, Any], wished: int) -> Topic:
    settings = {key: _text(value) for key, value in binding["topicConfiguration"].items()}
    return Topic(name, wished or int(binding["partitions"]), settings)


def _text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


async def _provision(addresses: Sequence[str], topics: Sequence[Topic], within: float) -> list[str]:
    async with admin(addresses, timeout=within) as client:
        existing = set(await client.list_topics())
        new = [topic for topic in topics if topic.name not in existing]
        if new:
            await _create(client, new)
        await _bring_up_to_date(client, [topic for topic in topics if topic.name in existing])
        await _await_leaders(client, topics, within)
        return [topic.name for topic in new]


async def _create(client: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    brokers = len((await client.describe_cluster())["brokers"])
    copies = BROKERS_FOR_SAFETY if brokers >= BROKERS_FOR_SAFETY else 1
    safety = {"min.insync.replicas": str(2 if copies == BROKERS_FOR_SAFETY else 1)}
    wanted = [NewTopic(t.name, t.partitions, copies, topic_configs=t.settings | safety) for t in topics]
    answer = await client.create_topics(wanted)
    for name, code, *why in answer.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise error(f"Kafka did not make the topic {name}: {why}")


async def _bring_up_to_date(client: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    stale = [
        topic for topic in topics if not topic.settings.items() <= (await _settings(client, topic)).items()
    ]
    for topic in stale:
        kept = await _settings(client, topic)
        for answer in await client.alter_configs([_resource(topic, kept | topic.settings)]):
            for code, why, *_ in answer.resources:
                if code:
                    raise for_code(code)(f"Kafka did not change the topic {topic.name}: {why}")


async def _settings(client: AIOKafkaAdminClient, topic: Topic) -> dict[str, str]:
    [answer] = await client.describe_configs([_resource(topic, {})])
    [(_, _, _, _, entries)] = answer.resources
    return {
        name: value for name, value, read_only, source, *_ in entries if source == _SET_HERE and not read_only
    }


_SET_HERE = 1


def _resource(topic: Topic, settings: dict[str, str]) -> ConfigResource:
    return ConfigResource(ConfigResourceType.TOPIC, topic.name, settings or None)


async def _await_leaders(client: AIOKafkaAdminClient, topics: Sequence[Topic], within: float) -> None:
    deadline = time.monotonic() + within
    while leaderless := await _leaderless(client, topics):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no broker leads these topics after {within:.0f} s: {', '.join(leaderless)}")
        await asyncio.sleep(0.05)


async def _leaderless(client: AIOKafkaAdminClient, topics: Sequence[Topic]) -> list[str]:
    found = await client.describe_topics([topic.name for topic in topics])
    return [
        topic["topic"]
        for topic in found
        if topic["error_code"] or not topic["partitions"] or any(p["leader"] < 0 for p in topic["partitions"])
    ]
