"""Buyers order, change and cancel, in time or too late."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.faults.checker.evidence import Row
from tests.lifecycle.people import BUYERS, Person
from tests.lifecycle.rules.area import KG, WHICH, Area, pick, told

BUYER = st.sampled_from(BUYERS)
LINES = st.lists(KG, min_size=1, max_size=2)
CAP = st.sampled_from((40_000, 33_000))
MOST_ORDERS = 6


class Ordering(Area):
    @precondition(
        lambda self: self.rows("orders", "windows") and len(self.rows("orders", "orders")) < MOST_ORDERS
    )
    @rule(buyer=BUYER, which=WHICH, lines=LINES, cap=CAP)
    @told
    async def an_order_is_placed(self, buyer: Person, which: int, lines: list[int], cap: int) -> str:
        return await self.orders(buyer, which, lines, cap)

    async def orders(self, buyer: Person, which: int, lines: list[int], cap: int) -> str:
        window = pick(self.rows("orders", "windows"), which)
        wish = {"window_id": window["id"], "lines": self._lines(lines, cap)}
        went = await self.life.asks(buyer, "orders", "/orders", wish, "orders.placed.v1")
        return f"{buyer.name} orders {_said(lines)} in {self.name(window)} for at most Rp{cap}{went}"

    @precondition(lambda self: self.rows("orders", "orders"))
    @rule(which=WHICH, lines=LINES, cap=CAP, seen_long_ago=st.booleans())
    @told
    async def an_order_is_changed(self, which: int, lines: list[int], cap: int, seen_long_ago: bool) -> str:
        order, buyer = self._order(which)
        seen = max(1, order["version"] - seen_long_ago)
        went = await self.life.asks(
            buyer, "orders", f"/orders/{order['id']}", {"lines": self._lines(lines, cap)}, "orders.changed.v1",
            method="PUT", **{"If-Match": f'"{seen}"'},
        )  # fmt: skip
        return f"{buyer.name} changes version {seen} of {self.name(order)} to {_said(lines)}{went}"

    @precondition(lambda self: self.rows("orders", "orders"))
    @rule(which=WHICH)
    @told
    async def an_order_is_cancelled(self, which: int) -> str:
        order, buyer = self._order(which)
        wish = {"reason": "Acara ditunda"}
        went = await self.life.asks(
            buyer, "orders", f"/orders/{order['id']}/cancel", wish, "orders.cancelled.v1"
        )
        return f"{buyer.name} cancels {self.name(order)}{went}"

    def _lines(self, lines: list[int], cap: int) -> list[dict[str, Any]]:
        chilli = self.life.ground.chilli
        return [
            {"commodity_id": chilli, "quantity": kg * 1000, "cap": cap, "grade": "BA"[number % 2]}
            for number, kg in enumerate(lines)
        ]

    def _order(self, which: int) -> tuple[Row, Person]:
        order = pick(self.rows("orders", "orders"), which)
        return order, next(one for one in BUYERS if str(one.id) == order["buyer_id"])


def _said(lines: list[int]) -> str:
    return " and ".join(f"{kg} kg" for kg in lines)
