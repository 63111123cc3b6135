"""Keys keep the partition that every Kafka client gives them."""

from aiokafka.partitioner import DefaultPartitioner

from services.chassis.ids import new_id
from services.chassis.partitioner import partition

EVERY = list(range(12))


def test_a_key_has_the_partition_that_the_client_would_give_it_each_time_it_comes() -> None:
    theirs = DefaultPartitioner()
    keys = [str(new_id()).encode() for _ in range(50)] * 2

    assert [partition(key, EVERY, EVERY) for key in keys] == [theirs(key, EVERY, EVERY) for key in keys]


def test_a_message_without_a_key_goes_where_there_is_a_leader() -> None:
    assert partition(None, EVERY, [7]) == 7
