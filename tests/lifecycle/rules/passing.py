"""Time passes, also while services sleep; what is due is done by whoever is awake, or dies over it."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from infra.services import SERVICES
from tests.lifecycle.deaths import Killed
from tests.lifecycle.rules.area import SERVICE, Area, told
from tests.lifecycle.story import clock_time

DEAF = st.sampled_from((None, None, *SERVICES))
"""Who has lost the way to Kafka meanwhile, if anybody."""
BEYOND = st.sampled_from((timedelta(minutes=1), timedelta(minutes=-5), timedelta(hours=9)))


class Passing(Area):
    @rule(deaf=DEAF)
    @told
    async def all_is_settled(self, deaf: str | None) -> str:
        return await self.life.all_is_settled(deaf)

    @rule(deaf=DEAF)
    @told
    async def the_next_deadline_comes_and_all_is_settled(self, deaf: str | None) -> str:
        await self.life.ground.settle(deaf=deaf)
        passed = await self._to_next_deadline(timedelta(minutes=1))
        return f"{passed}; {await self.life.all_is_settled(deaf)}"

    @rule(beyond=BEYOND)
    @told
    async def time_passes(self, beyond: timedelta) -> str:
        return await self._to_next_deadline(beyond)

    @rule(service=SERVICE, deadlines=st.integers(1, 3))
    @told
    async def one_sleeps_over_deadlines(self, service: str, deadlines: int) -> str:
        """When it wakes up, it begins with what is due, before it hears anything."""
        passed = []
        for _ in range(deadlines):
            await self.life.ground.settle(asleep=service)
            passed.append(await self._to_next_deadline(timedelta(minutes=1)))
        await self.life.ground.settle(asleep=service)
        await self.life.ground.sweep(service, times=1)
        return f"{service} sleeps: {'; '.join(passed)}; the others are done, and it wakes up"

    @rule(service=SERVICE, times=st.sampled_from((100, 1)))
    @told
    async def what_is_due_is_done(self, service: str, times: int) -> str:
        done = await self.life.ground.sweep(service, times)
        return f"{service} does {done} things that were due"

    @rule(service=SERVICE, turn=st.integers(1, 12))
    @told
    async def one_dies_while_doing_what_is_due(self, service: str, turn: int) -> str:
        with self.life.ground.deaths.arranged("before-commit", turn):
            try:
                done = await self.life.ground.sweep(service, 100)
            except Killed:
                self.life.ground.restarts(service)
                return f"{service} dies at its commit number {turn} while doing what is due"
        return f"{service} lives through {done} things that were due"

    async def _to_next_deadline(self, beyond: timedelta) -> str:
        deadline = await self.life.next_deadline()
        if deadline is None:
            return "nothing will fall due"
        self.life.to(deadline, beyond)
        now = clock_time(self.life.ground.clock.moment)
        return f"it is {now}: {deadline['kind']} {'is near' if beyond < timedelta() else 'is due'}"
