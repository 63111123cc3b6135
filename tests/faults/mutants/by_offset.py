"""What two designs share: the consumer goes on where Kafka's committed offsets say, not where the database says."""

from typing import Any

from aiokafka import TopicPartition

from services.chassis.consumer import Consumer
from tests.faults.mutants import replace

_placed_by_database = Consumer._take


async def _committed(kafka: Any) -> dict[TopicPartition, int]:
    return {part: await kafka.committed(part) or 0 for part in kafka.assignment()}


def places_by_offset() -> None:
    async def take(consumer: Any, stopping: Any) -> Any:
        if consumer._kafka.assignment() - consumer._places.next.keys():
            consumer._places.put(consumer._kafka, await _committed(consumer._kafka))
        return await _placed_by_database(consumer, stopping)

    replace(Consumer, "_take", take)
