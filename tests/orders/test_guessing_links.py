"""A link cannot be found by trying: wrong ones are all alike, and there is an end to them."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from services.chassis.codes import short_code
from services.chassis.guessing import OF_ALL, OF_ONE, Guesses
from services.chassis.ids import new_secret
from tests.harness.service import ServiceUnderTest
from tests.orders.following import OVER, linked, opens
from tests.orders.people import DEWI_CALLS

ELSEWHERE = "203.0.113.9"


def wrong_codes(count: int) -> list[str]:
    """Well-formed codes that nobody was given."""
    return [f"/lacak/{short_code(UUID(int=number))}" for number in range(count)]


async def test_wrong_revoked_and_expired_links_get_the_same_answer_by_the_same_statements(
    orders: ServiceUnderTest,
) -> None:
    expired, revoked = await linked(orders), await linked(orders)
    async with orders.client(DEWI_CALLS) as client:
        await client.delete(f"/orders/{revoked['order_id']}/tracking")
    orders.moves_to(OVER)
    said: list[str] = []
    engine = orders.running.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    asked: dict[str, tuple[Any, ...]] = {}
    for kind in ("path", "short_path"):
        wrong = f"/lacak/{new_secret().hex}" if kind == "path" else wrong_codes(1)[0]
        for path in (wrong, expired[kind], revoked[kind]):
            said.clear()
            answer = await opens(orders, path)
            asked[path] = (answer.status_code, answer.content, sorted(answer.headers.items()), tuple(said))

    by_link, by_code = list(asked.values())[:3], list(asked.values())[3:]
    assert by_link[0] == by_link[1] == by_link[2]
    assert by_code[0] == by_code[1] == by_code[2]
    assert by_link[0][:3] == by_code[0][:3]
    assert "keliru atau sudah tidak berlaku" in by_link[0][1].decode()


@pytest.mark.parametrize(
    "end", ["x", "%00", "%F0%9F%8C%B6", "' OR 1=1 --", "0" * 500, "ABCD-EFGH", str(UUID(int=7, version=4))]
)
async def test_what_is_no_link_at_all_is_answered_like_a_wrong_one(
    orders: ServiceUnderTest, end: str
) -> None:
    answer, wrong = await opens(orders, f"/lacak/{end}"), await opens(orders, f"/lacak/{new_secret().hex}")

    assert (answer.status_code, answer.content) == (404, wrong.content)


async def test_many_wrong_guesses_end_the_guessing_there_and_nowhere_else(orders: ServiceUnderTest) -> None:
    made = await linked(orders)

    guesses = [await opens(orders, path) for path in wrong_codes(OF_ONE + 1)]
    right_here, right_elsewhere = (
        await opens(orders, made["short_path"]),
        await opens(orders, made["short_path"], ELSEWHERE),
    )

    assert [answer.status_code for answer in guesses] == [404] * OF_ONE + [429]
    assert 0 < int(guesses[-1].headers["retry-after"]) <= 900
    assert guesses[-1].headers["content-type"].startswith("text/html")
    assert "Terlalu banyak permintaan" in guesses[-1].text
    assert right_here.status_code == 429
    assert right_elsewhere.status_code == 200


async def test_who_holds_the_link_itself_sees_the_order_however_others_guess_from_his_address(
    orders: ServiceUnderTest,
) -> None:
    made = await linked(orders)

    for path in wrong_codes(OF_ONE + 1):
        await opens(orders, path)

    assert (await opens(orders, made["path"])).status_code == 200
    assert (await opens(orders, f"/lacak/{new_secret().hex}")).status_code == 429


async def test_right_tries_are_never_counted(orders: ServiceUnderTest) -> None:
    made = await linked(orders)

    assert {(await opens(orders, made["short_path"])).status_code for _ in range(OF_ONE + 5)} == {200}


async def test_guessing_from_many_addresses_ends_too_and_links_go_on(orders: ServiceUnderTest) -> None:
    made = await linked(orders)
    guesses = Guesses(clock=lambda: 0.0)
    orders.app.state.guesses = guesses
    for number in range(OF_ALL):
        guesses.wrong(f"10.0.{number // 250}.{number % 250}")

    assert (await opens(orders, made["short_path"], ELSEWHERE)).status_code == 429
    assert (await opens(orders, made["path"], ELSEWHERE)).status_code == 200


async def test_what_a_caller_says_of_his_own_address_means_nothing(orders: ServiceUnderTest) -> None:
    answers = [
        await opens(
            orders, path, **{"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": f"for=192.0.2.{number}"}
        )
        for number, path in enumerate(wrong_codes(OF_ONE + 1))
    ]

    assert answers[-1].status_code == 429
