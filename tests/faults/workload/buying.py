"""What buyers do in open windows: order, change what they ordered, cancel."""

import random
from typing import Any

from tests.faults.workload.village import CAP, KG, SOLD, Order, Village

MOST_STANDING = 18
"""Orders per window: small windows are shared quickly."""


async def place(village: Village, drawn: random.Random) -> None:
    window = _open_window(village, drawn)
    if window is None:
        return None
    if sum(order.window == window for order in village.orders) >= MOST_STANDING:
        return await drawn.choice((change, cancel))(village, drawn)
    buyer = drawn.randrange(village.buyers)
    command = village.clients.history.begin("orders", "orders.placed.v1")
    command.marker = f"cap-{CAP + command.number}"
    wish = {"window_id": window, "lines": _lines(village, drawn, command.number)}
    made = await village.clients.tell(command, village.token("buyer", buyer), "/orders", wish)
    if made:
        village.orders.append(Order(made["id"], window, buyer, made["version"]))
    return None


async def change(village: Village, drawn: random.Random) -> None:
    order = _standing_order(village, drawn)
    if order is None:
        return
    command = village.clients.history.begin("orders", "orders.changed.v1")
    command.marker = f"cap-{CAP + command.number}"
    lines = _lines(village, drawn, command.number)
    told = await village.clients.tell(
        command,
        village.token("buyer", order.buyer),
        f"/orders/{order.id}",
        {"lines": lines},
        headers={"If-Match": f'"{order.version}"'},
        method="PUT",
    )
    if told:
        order.version = told["version"]


async def cancel(village: Village, drawn: random.Random) -> None:
    order = _standing_order(village, drawn)
    if order is None:
        return
    village.orders.remove(order)
    command = village.clients.history.begin("orders", "orders.cancelled.v1")
    token = village.token("buyer", order.buyer)
    await village.clients.tell(command, token, f"/orders/{order.id}/cancel", {"reason": command.marker})


def _open_window(village: Village, drawn: random.Random) -> str | None:
    return drawn.choice(village.windows) if village.windows else None


def _standing_order(village: Village, drawn: random.Random) -> Order | None:
    standing = [order for order in village.orders if order.window in village.windows]
    return drawn.choice(standing) if standing else None


def _lines(village: Village, drawn: random.Random, number: int) -> list[dict[str, Any]]:
    line = {
        "commodity_id": village.commodities[SOLD],
        "quantity": drawn.randint(1, 12) * KG,
        "cap": CAP + number,
    }
    return [line] * drawn.choice((1, 1, 2))
