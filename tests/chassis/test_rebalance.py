"""A rebalance in the middle of things is a reason to look again, never an end."""

import asyncio

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError

from services.chassis.places import Places
from services.chassis.topics import Topics

PART, OTHER = TopicPartition("t", 0), TopicPartition("t", 1)


class Rebalancing:
    """Kafka's client: one partition is ours, the other was, a moment ago."""

    def __init__(self) -> None:
        self.sought: dict[TopicPartition, int] = {}

    def assignment(self) -> frozenset[TopicPartition]:
        return frozenset({PART, OTHER})

    def partitions_for_topic(self, _: str) -> set[int]:
        return {0, 1}

    async def beginning_offsets(self, parts: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(parts, 0)

    end_offsets = beginning_offsets

    async def position(self, part: TopicPartition) -> int:
        raise IllegalStateError(part)

    def seek(self, part: TopicPartition, offset: int) -> None:
        if part == OTHER:
            raise IllegalStateError(part)
        self.sought[part] = offset


async def test_positions_asked_during_a_rebalance_are_asked_again_later() -> None:
    topics, stopping = Topics(["t"]), asyncio.Event()
    topics.kafka = Rebalancing()
    asyncio.get_running_loop().call_soon(stopping.set)

    await topics.watch(stopping)

    assert not topics.away


def test_a_revoked_partition_is_not_placed_and_a_revoke_places_all_anew() -> None:
    places, kafka = Places(), Rebalancing()

    with pytest.raises(IllegalStateError):
        places.put(kafka, {PART: 5, OTHER: 7})
    assert kafka.sought == places.next == {PART: 5}
    places.on_partitions_revoked([PART])
    assert not places.next
