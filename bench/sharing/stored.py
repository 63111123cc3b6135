"""A day of the bench as the cooperative service stores it: lots, orders, and a book that is due to be shared."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg

Rows = Iterable[tuple[Any, ...]]
COOPERATIVE, WINDOW = UUID(int=0xC0), UUID(int=0xAA)
LINES_OF_ONE = 50


def store(url: str, day: dict[str, Any]) -> None:
    """Fill the service's empty database; nothing is due yet."""
    with psycopg.connect(url) as connection:
        for table, columns, rows in _tables(day):
            with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        connection.execute("ANALYZE")


def fall_due(url: str, kind: str) -> None:
    """The time has come for a step of the window."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO due (kind, key, at, attempts) VALUES (%s, %s, now(), 0)", [kind, str(WINDOW)]
        )


def _tables(day: dict[str, Any]) -> Iterator[tuple[str, str, Rows]]:
    now = datetime.now(UTC)
    orders = list(_orders(day, now))
    named = "id, name, district, manager_id, created_at"
    yield "cooperatives", named, [(COOPERATIVE, "Bench", "33.01.18", UUID(int=9), now)]
    yield "villages", "id, cooperative_id, code, name, stop_cost, haul_cost", _villages(day)
    yield "members", "id, cooperative_id, person_id, village, role, name", _members(day)
    yield (
        "commodities",
        "id, cooperative_id, name, unit, per, grades, selling_units, step, reference_price, dated, version",
        _commodities(day),
    )
    yield (
        "windows",
        "id, cooperative_id, name, commodity_ids, delivery_day, opens_at, closes_at, answer_by, round_minutes,"
        " firm_at, time_zone, status, shared, round, version",
        [_window(day, now)],
    )
    yield (
        "lots",
        "id, code, cooperative_id, seller_id, village, commodity_id, per, grade, price, ready_on, expires_on,"
        " certificates, available, withdrawn, version",
        _lots(day),
    )
    yield "orders", "order_id, version, window_id, buyer_id, placed_at, cancelled, lines", orders
    entries = [{"order_id": str(row[0]), "version": 1} for row in orders]
    told = "".join(f"{row['order_id']}:1\n" for row in entries)
    digest = sha256(told.encode()).hexdigest()
    yield "books", "window_id, closed_at, orders, digest", [(WINDOW, now, json.dumps(entries), digest)]


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


def _villages(day: dict[str, Any]) -> Rows:
    for one in day["villages"]:
        code = one["village"]
        yield _id(code), COOPERATIVE, code, code, one["stop_cost"], one["haul_cost"]


def _members(day: dict[str, Any]) -> Rows:
    for seller, village in {lot["seller"]: lot["village"] for lot in day["lots"]}.items():
        yield _id(f"member {seller}"), COOPERATIVE, _id(seller), village, "seller", f"Bu {seller}"


def _commodities(day: dict[str, Any]) -> Rows:
    for one in day["commodities"]:
        name, step = one["commodity"], next(lot["step"] for lot in day["lots"])
        counted = one["unit"], one["per"], one["grades"], "[]", step, one["reference_price"], True, 1
        yield _id(name), COOPERATIVE, name, *counted


def _window(day: dict[str, Any], now: datetime) -> tuple[Any, ...]:
    times = now - timedelta(hours=2), now, now + timedelta(hours=4), 60, now + timedelta(hours=10)
    named = [_id(one["commodity"]) for one in day["commodities"]]
    delivery = date.fromisoformat(day["day"])
    return WINDOW, COOPERATIVE, "Bench", named, delivery, *times, "Asia/Jakarta", "announced", False, 0, 1


def _lots(day: dict[str, Any]) -> Rows:
    pers = {one["commodity"]: one["per"] for one in day["commodities"]}
    for lot in day["lots"]:
        name = lot["commodity"]
        whose = _id(lot["lot"]), lot["lot"], COOPERATIVE, _id(lot["seller"]), lot["village"]
        what = _id(name), pers[name], lot.get("grade"), lot["price"], lot.get("ready"), lot.get("expiry")
        yield *whose, *what, list(lot.get("certificates", [])), lot["quantity"], False, 1


def _orders(day: dict[str, Any], now: datetime) -> Rows:
    known = {one["commodity"]: one for one in day["commodities"]}
    for start in range(0, len(day["demands"]), LINES_OF_ONE):
        wishes = [_line(one, known[one["commodity"]]) for one in day["demands"][start : start + LINES_OF_ONE]]
        yield _id(f"order {start}"), 1, WINDOW, _id(f"buyer {start}"), now, False, json.dumps(wishes)


def _line(demand: dict[str, Any], commodity: dict[str, Any]) -> dict[str, Any]:
    return {
        "line_id": str(_id(demand["demand"])),
        "commodity_id": str(_id(demand["commodity"])),
        "commodity_name": demand["commodity"],
        "unit": commodity["unit"],
        "per": commodity["per"],
        "grade": demand.get("grade"),
        "quantity": demand["quantity"],
        "cap": demand["cap"],
        "certificates": list(demand.get("certificates", [])),
    }
