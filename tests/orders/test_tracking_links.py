"""The link by which an order is followed: whose it is, and how long it shows something."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from services.chassis.codes import read_code
from services.chassis.ids import new_secret
from services.chassis.tables import timeline
from services.orders import queries
from services.orders.domain import TrackingLink, shown_until
from services.orders.tables import tracking_links, windows
from tests.harness.service import ServiceUnderTest
from tests.orders.facts import places, sees
from tests.orders.following import OVER, link_to, linked, opens
from tests.orders.people import A_SECOND, DEWI_CALLS, HOTEL_CALLS, MANAGER, NOON, window


async def test_a_buyer_makes_a_link_that_opens_the_order_for_whoever_holds_it(
    orders: ServiceUnderTest,
) -> None:
    made = await linked(orders)

    by_link, by_code = await opens(orders, made["path"]), await opens(orders, made["short_path"])

    assert (by_link.status_code, by_code.status_code) == (200, 200)
    assert by_link.content == by_code.content
    assert await sees(orders, f"/orders/{made['order_id']}/tracking") == made
    assert datetime.fromisoformat(made["shown_until"]) == shown_until(window()) == OVER


async def test_a_code_is_read_as_people_type_it(orders: ServiceUnderTest) -> None:
    made = await linked(orders)
    typed = (
        made["short_path"].replace("-", "").lower().replace("/lacak/", "").replace("0", "o").replace("1", "l")
    )

    assert (await opens(orders, f"/lacak/{typed}")).status_code == 200


async def test_a_secret_is_random_and_neither_order_nor_code_leads_to_it(orders: ServiceUnderTest) -> None:
    placed = await places(orders)
    first, second = await link_to(orders, placed["id"]), await link_to(orders, placed["id"])

    assert len({first["path"], second["path"], first["short_path"], second["short_path"]}) == 4
    assert UUID(first["path"].removeprefix("/lacak/")).version == 4
    assert first["short_path"] != f"/lacak/{placed['code']}"
    assert (await opens(orders, f"/lacak/{placed['code']}")).status_code == 404


async def test_a_new_link_ends_the_earlier_one(orders: ServiceUnderTest) -> None:
    first = await linked(orders)

    second = await link_to(orders, first["order_id"])

    assert (await opens(orders, first["path"])).status_code == 404
    assert (await opens(orders, first["short_path"])).status_code == 404
    assert (await opens(orders, second["path"])).status_code == 200


async def test_a_link_that_was_taken_back_shows_nothing(orders: ServiceUnderTest) -> None:
    made = await linked(orders)

    async with orders.client(DEWI_CALLS) as client:
        revoked = await client.delete(f"/orders/{made['order_id']}/tracking")
        again = await client.delete(f"/orders/{made['order_id']}/tracking")
        seen = await client.get(f"/orders/{made['order_id']}/tracking")

    assert (revoked.status_code, revoked.content) == (204, b"")
    assert [answer.json()["code"] for answer in (again, seen)] == ["no-link", "no-link"]
    assert (await opens(orders, made["path"])).status_code == 404


@pytest.mark.parametrize("caller", [HOTEL_CALLS, MANAGER])
async def test_nobody_but_the_buyer_makes_sees_or_ends_a_link(orders: ServiceUnderTest, caller: Any) -> None:
    made = await linked(orders)

    async with orders.client(caller) as client:
        path = f"/orders/{made['order_id']}/tracking"
        answers = [await client.get(path), await client.post(path), await client.delete(path)]

    assert {answer.status_code for answer in answers} == {403 if caller is MANAGER else 404}
    assert (await opens(orders, made["path"])).status_code == 200


async def test_no_event_tells_of_a_link_and_the_timeline_tells_no_secret(orders: ServiceUnderTest) -> None:
    made = await linked(orders)
    before = await orders.emitted()

    await link_to(orders, made["order_id"])

    told = await sees(orders, f"/orders/{made['order_id']}/timeline")
    assert await orders.emitted() == before == ["orders.placed.v1"]
    assert [entry["what"] for entry in told] == ["orders.placed.v1", *["orders.tracking_made"] * 2]
    assert made["path"].removeprefix("/lacak/") not in str(told)


async def test_a_link_shows_the_order_until_the_30th_day_after_delivery_is_over(
    orders: ServiceUnderTest,
) -> None:
    made = await linked(orders)

    orders.moves_to(OVER - timedelta(minutes=1))
    last = await opens(orders, made["path"])
    orders.moves_to(OVER)
    over = await opens(orders, made["path"])
    async with orders.client(DEWI_CALLS) as client:
        refused = await client.post(f"/orders/{made['order_id']}/tracking")

    assert (last.status_code, over.status_code) == (200, 404)
    assert (refused.status_code, refused.json()["code"]) == (409, "tracking-over")


async def test_expiry_follows_the_delivery_day_where_the_window_is(orders: ServiceUnderTest) -> None:
    made = await linked(orders)
    async with orders.tx() as tx:
        await tx.execute(update(windows).values(time_zone="Asia/Jayapura"))

    orders.moves_to(OVER - timedelta(hours=2) - A_SECOND * 30)
    last = await opens(orders, made["path"])
    orders.moves_to(OVER - timedelta(hours=2))

    assert (last.status_code, (await opens(orders, made["path"])).status_code) == (200, 404)


async def test_two_links_never_share_a_code(orders: ServiceUnderTest) -> None:
    made, other = await linked(orders), await places(orders)
    same = {"code": made["short_path"].removeprefix("/lacak/"), "made_at": NOON}

    with pytest.raises(IntegrityError):
        async with orders.tx() as tx:
            await queries.keep_link(tx, TrackingLink(order_id=UUID(other["id"]), secret=new_secret(), **same))


async def test_a_failure_on_the_way_to_a_page_is_a_page_and_its_log_names_no_secret(
    orders: ServiceUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    made = await linked(orders)
    async with orders.tx() as tx:
        await tx.execute(update(timeline).values(what="orders.nobody_knows_this.v1"))

    broken = await opens(orders, made["path"])

    assert (broken.status_code, broken.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert [record.getMessage() for record in caplog.records] == ["GET /lacak/{key} failed"]
    assert made["path"].removeprefix("/lacak/") not in caplog.text


async def test_an_order_has_one_link_at_most(orders: ServiceUnderTest) -> None:
    made = await linked(orders)
    await link_to(orders, made["order_id"])

    async with orders.tx() as tx:
        kept = (await tx.execute(tracking_links.select())).all()

    assert [row.code for row in kept] == [read_code(kept[0].code)]
    assert NOON - timedelta(minutes=5) < kept[0].made_at < NOON + timedelta(minutes=5)
