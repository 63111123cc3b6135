"""News leaves late, comes in any order across things, comes again; and who takes it in may die over it."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.lifecycle.deaths import Killed
from tests.lifecycle.rules.area import SERVICE, WHICH, Area, told
from tests.lifecycle.story import listed

FEW = st.sampled_from((1, 3, 1000))
MOMENTS = st.sampled_from(("group-committed", "event-handled", "before-commit"))


class Carrying(Area):
    @rule(service=SERVICE, most=FEW, again=st.booleans())
    @told
    async def news_leaves(self, service: str, most: int, again: bool) -> str:
        """`again`: the relay dies before it notes how far it came, so the next one sends the same once more."""
        count = await self.life.ground.transport.carry(service, most, moves_on=not again)
        return f"{count} facts leave {service}{', and will again' if again else ''}"

    @precondition(lambda self: self._listeners())
    @rule(which=WHICH, first=WHICH, keys=FEW, most=FEW, backwards=st.booleans())
    @told
    async def news_arrives(self, which: int, first: int, keys: int, most: int, backwards: bool) -> str:
        service = self._listener(which)
        parts = self._parts(service, first, keys, backwards)
        count = await self.life.ground.deliver(service, parts, most)
        about = listed(self._thing(part) for part in parts)
        return f"{service} hears {count} facts, of {about}"

    @rule(service=SERVICE, by=st.integers(1, 5))
    @told
    async def news_arrives_again(self, service: str, by: int) -> str:
        transport = self.life.ground.transport
        transport.goes_back(service, by)
        count = await self.life.ground.deliver(service, transport.waiting(service), most=500)
        return f"{service} hears again the last {by} facts of each thing, {count} in all"

    @precondition(lambda self: self._listeners())
    @rule(which=WHICH, first=WHICH, moment=MOMENTS, turn=st.integers(1, 4))
    @told
    async def one_dies_while_hearing(self, which: int, first: int, moment: str, turn: int) -> str:
        service = self._listener(which)
        parts = self._parts(service, first, 1000, backwards=False)
        said = f"{service} dies at {moment} while hearing of {listed(self._thing(part) for part in parts)}"
        with self.life.ground.deaths.arranged(moment, turn):
            try:
                await self.life.ground.deliver(service, parts, most=500)
            except Killed:
                self.life.ground.restarts(service)
                return said
        return f"{service} lives through hearing all"

    @precondition(lambda self: self.life.last is not None)
    @rule()
    @told
    async def a_request_is_sent_again(self) -> str:
        return await self.life.asks_again()

    def _listeners(self) -> list[str]:
        return [name for name in self.life.seen if self.life.ground.transport.waiting(name)]

    def _listener(self, which: int) -> str:
        listeners = self._listeners()
        return listeners[which % len(listeners)]

    def _parts(self, service: str, first: int, keys: int, backwards: bool) -> list[object]:
        waiting = self.life.ground.transport.waiting(service)
        start = first % len(waiting)
        turned = waiting[start:] + waiting[:start]
        return [*(reversed(turned) if backwards else turned)][:keys]

    def _thing(self, part: object) -> str:
        """Whose key this is: a thing's name, where the story has one."""
        parts = self.life.ground.transport.logs.parts.items()
        return next(self.life.story.named(key) for (_, key), one in parts if one == part)
