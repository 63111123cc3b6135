"""Questions to a Kafka cluster: is it there, do its groups work, how far behind is a group."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import TypeVar

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

T = TypeVar("T")


def blocking(work: Coroutine[object, object, T]) -> T:
    """Runs it in a thread of its own: the caller's may be inside an event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@asynccontextmanager
async def admin(addresses: Sequence[str], timeout: float = 20.0) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=list(addresses), request_timeout_ms=int(timeout * 1000))
    try:
        await asyncio.wait_for(client.start(), timeout)
        yield client
    finally:
        await client.close()


async def groups_work(addresses: Sequence[str], groups: Sequence[str]) -> bool:
    """False while a fresh broker still makes the topic in which it keeps its groups."""
    try:
        with _unheard():
            async with admin(addresses, timeout=2.0) as client:
                for group in groups:
                    await asyncio.wait_for(client.list_consumer_group_offsets(group), 2.0)
    except (KafkaError, OSError, TimeoutError):
        return False
    return True


@contextmanager
def _unheard() -> Iterator[None]:
    """What aiokafka prints of a broker that is starting is no error."""
    logger = logging.getLogger("aiokafka")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
