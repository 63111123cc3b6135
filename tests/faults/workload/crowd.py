"""The crowd: clients that draw what they do from the seed, side by side, until the run is over."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from tests.faults.workload import buying, selling
from tests.faults.workload.village import Village

Doing = Callable[[Village, random.Random], Awaitable[None]]
WISHES: dict[Doing, int] = {
    buying.place: 24,
    buying.change: 12,
    buying.cancel: 9,
    selling.list_for_sale: 4,
    selling.list_aside: 8,
    selling.correct: 14,
    selling.reprice: 9,
    selling.withdraw: 1,
    selling.contend: 13,
    selling.answer: 6,
}


async def crowd(village: Village, seed: str, clients: int, over: asyncio.Event, pause_s: float) -> None:
    """So many clients; each pauses between two wishes, so that the machine is busy and not drowned."""
    async with asyncio.TaskGroup() as tasks:
        for number in range(clients):
            tasks.create_task(_client(village, random.Random(f"{seed}/{number}"), over, pause_s))


async def _client(village: Village, drawn: random.Random, over: asyncio.Event, pause_s: float) -> None:
    while not over.is_set():
        (wish,) = drawn.choices(list(WISHES), list(WISHES.values()))
        if village.lots or wish in {selling.list_aside, selling.list_for_sale}:
            await wish(village, drawn)
        await asyncio.sleep(pause_s * drawn.uniform(0.5, 1.5))
