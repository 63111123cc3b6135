"""What is granted by orders: of windows and orders."""

from tests.openapi.stage import HOTEL, KITCHEN, MANAGER, Stage
from tests.openapi.wishes.wish import Wish, wish


@wish("orders GET /windows")
async def see_windows(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), query={"phase": "open", "commodity_id": on.story.chilli})


@wish("orders GET /windows/{window_id}")
async def see_window(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"window_id": on.open.id})


@wish("orders GET /books/{window_id}")
async def see_book(on: Stage) -> Wish:
    return Wish(on.caller(MANAGER), {"window_id": on.shared.id})


@wish("orders POST /orders")
async def place_order(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), body=on.order())


@wish("orders POST /cooperatives/{cooperative_id}/orders")
async def order_in_next_window(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"cooperative_id": str(on.story.cooperative_id)}, on.lines())


@wish("orders GET /orders")
async def see_orders(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), query={"status": "placed", "window_id": on.open.id})


@wish("orders GET /orders/{order_id}")
@wish("orders GET /orders/{order_id}/timeline")
@wish("orders GET /orders/{order_id}/history")
async def see_order(on: Stage) -> Wish:
    return Wish(on.caller(HOTEL), {"order_id": on.story.orders[HOTEL.short]})


@wish("orders PUT /orders/{order_id}")
async def change_order(on: Stage) -> Wish:
    ids = {"order_id": await on.new_order()}
    return Wish(on.caller(KITCHEN), ids, on.lines(), headers={"If-Match": '"1"'})


@wish("orders POST /orders/{order_id}/cancel")
async def cancel_order(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"order_id": await on.new_order()}, {"reason": "Acara ditunda"})


@wish("orders POST /orders/{order_id}/tracking")
async def make_link(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"order_id": await on.new_order()})


@wish("orders GET /orders/{order_id}/tracking")
@wish("orders DELETE /orders/{order_id}/tracking")
async def see_or_revoke_link(on: Stage) -> Wish:
    wish = await make_link(on)
    await on.make(KITCHEN, "orders", f"/orders/{wish.ids['order_id']}/tracking", {})
    return wish
