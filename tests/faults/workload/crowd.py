"""The crowd: clients that draw what they do from the seed, side by side, until the run is over."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Habits:
    """How many clients; how long each pauses, so that the machine is not drowned; how often all want one lot."""

    clients: int = 24
    pause_s: float = 0.15
    contending: int = 1


async def crowd(village: Village, seed: str, habits: Habits, over: asyncio.Event) -> None:
    """All clients, until it is over."""
    async with asyncio.TaskGroup() as tasks:
        for number in range(habits.clients):
            tasks.create_task(_client(village, random.Random(f"{seed}/{number}"), habits, over))


async def _client(village: Village, drawn: random.Random, habits: Habits, over: asyncio.Event) -> None:
    wishes = WISHES | {selling.contend: WISHES[selling.contend] * habits.contending}
    while not over.is_set():
        (wish,) = drawn.choices(list(wishes), list(wishes.values()))
        if village.lots or wish in {selling.list_aside, selling.list_for_sale}:
            await wish(village, drawn)
        await asyncio.sleep(habits.pause_s * drawn.uniform(0.5, 1.5))
