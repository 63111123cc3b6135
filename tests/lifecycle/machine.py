"""All rules together: a day begins with a window, a few lots and orders, and then anything may happen."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from tests.lifecycle.life import Life
from tests.lifecycle.people import BUYERS, SELLERS
from tests.lifecycle.rules.answering import Answering
from tests.lifecycle.rules.area import KG, told
from tests.lifecycle.rules.carrying import Carrying
from tests.lifecycle.rules.managing import Managing
from tests.lifecycle.rules.ordering import Ordering
from tests.lifecycle.rules.passing import DEAF, Passing
from tests.lifecycle.rules.selling import Selling

A_FEW = st.lists(KG, min_size=1, max_size=3)
HOURS = st.sampled_from(("morning", "asked", "answered", "firm"))
"""How far a day goes its usual way before anything may happen."""


class Lifecycle(Selling, Ordering, Managing, Answering, Carrying, Passing):
    """A new area is one more base class."""

    def __init__(self, life: Life) -> None:
        super().__init__()
        self.life = life

    @initialize(lots=A_FEW, orders=A_FEW, until=HOURS, deaf=DEAF)
    def a_day_begins(self, lots: list[int], orders: list[int], until: str, deaf: str | None) -> None:
        self._opens()
        for number, kg in enumerate(lots):
            self._lists(number, kg)
        for number, kg in enumerate(orders):
            self._orders(number, kg)
        if until != "morning":
            self.the_next_deadline_comes_and_all_is_settled(deaf=deaf)
        if until in ("answered", "firm") and self.questions():
            self.everybody_says_yes()
        if until == "firm":
            self.the_next_deadline_comes_and_all_is_settled(deaf=None)

    @told
    async def _opens(self) -> str:
        announced = await self.announces(hours=2)
        return f"{announced}; {await self.life.all_is_settled()}"

    @told
    async def _lists(self, number: int, kg: int) -> str:
        return await self.lists(SELLERS[number], kg, price=35_000, grade="A")

    @told
    async def _orders(self, number: int, kg: int) -> str:
        return await self.orders(BUYERS[number % len(BUYERS)], 0, [kg], cap=40_000)

    def teardown(self) -> None:
        self.life.end()
