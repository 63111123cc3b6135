"""From which offset each partition is read: the database says, so that a restored one misses nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from aiokafka import ConsumerRebalanceListener, TopicPartition


class Places(ConsumerRebalanceListener):  # type: ignore[misc]
    """The next offset of every partition that was placed since it was assigned; the others are not taken yet."""

    def __init__(self) -> None:
        self.next: dict[TopicPartition, int] = {}

    def put(self, kafka: Any, stored: Mapping[TopicPartition, int]) -> None:
        """Place what is not placed yet; a partition without a stored position is read from its beginning.

        Raises:
            IllegalStateError: a partition was revoked meanwhile.
        """
        for part in sorted(kafka.assignment() - self.next.keys()):
            kafka.seek(part, stored.get(part, 0))
            self.next[part] = stored.get(part, 0)

    def forget(self) -> None:
        """Place all anew: after a failure, what was fetched but not taken is to be fetched again."""
        self.next.clear()

    def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:  # noqa: ARG002
        """Even what stays ours begins again where Kafka says."""
        self.forget()

    def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Placed before the next take."""
