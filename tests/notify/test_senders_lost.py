"""Senders stopped, killed or cut off: at most the message on its way is repeated, and each is stored once."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from demo.bot_api import Answer, BotApi
from services.chassis import points
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until
from tests.notify.lots import listed, quantities
from tests.notify.people import SARI, SARIS_CHAT, WARSI, WARSIS_CHAT, has_chat, lot_listed
from tests.notify.replica import Replicas

MANY = 12


class Killed(BaseException):
    """The process ends here: nothing after this runs."""


async def test_two_replicas_send_each_message_once(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    await has_chat(notify, WARSI, WARSIS_CHAT)
    sending.start()
    sending.start()

    for quantity in range(1, MANY):
        await notify.receives(lot_listed(SARI, quantity * 1000), lot_listed(WARSI, quantity * 1000))

    await sending.handed_over(SARI)
    await sending.handed_over(WARSI)
    assert quantities(bot) == quantities(bot, WARSIS_CHAT) == [*range(1, MANY)]


async def test_a_process_killed_between_sending_and_storing_repeats_that_message_once(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    kills = [Killed()]

    async def kill_once(point: str) -> None:
        if point == "message-handed-over" and kills:
            raise kills.pop()

    monkeypatch.setattr(points, "_listeners", [kill_once])
    await has_chat(notify, SARI, SARIS_CHAT)
    await listed(notify, 1, 2, 3)

    sending.start()

    told = await sending.handed_over(SARI)
    assert quantities(bot) == [1, 1, 2, 3]
    assert [message.attempts for message in told] == [1, 1, 1]
    assert len(await notify.events("notify.message_sent.v1")) == 3


async def test_a_replica_that_stood_still_while_another_took_over_stores_nothing(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, still = asyncio.Event(), [True]

    async def stand_still_once(point: str) -> None:
        if point == "message-handed-over" and still:
            still.pop()
            await goes_on.wait()

    monkeypatch.setattr(points, "_listeners", [stand_still_once])
    await has_chat(notify, SARI, SARIS_CHAT)
    await listed(notify, 1, 2)
    sending.start()
    await until(lambda: len(bot.received) == 1, what="the first replica has sent")

    sending.start()
    await sending.handed_over(SARI)
    goes_on.set()
    await sending.stop()

    assert quantities(bot) == [1, 1, 2]
    assert len(await notify.events("notify.message_sent.v1")) == 2


async def test_a_database_lost_between_sending_and_storing_repeats_nothing(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [notify.running.settings.database_url]

    async def lose_connections_once(point: str) -> None:
        if point == "message-handed-over" and lost:
            async with await psycopg.AsyncConnection.connect(lost.pop()) as connection:
                await connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    monkeypatch.setattr(points, "_listeners", [lose_connections_once])
    await has_chat(notify, SARI, SARIS_CHAT)
    await listed(notify, 1, 2)

    sending.start()

    await until(lambda: len(bot.received) == 2, what="both were sent")
    await sending.handed_over(SARI)
    assert quantities(bot) == [1, 2]


async def test_a_stop_finishes_what_is_on_its_way_and_leaves_the_rest_waiting(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(then="hang"))
    await listed(notify, 1, 2)
    sending.start()
    await until(lambda: bot.asked, what="a message is on its way")

    await sending.stop()
    first, second = await sending.messages(SARI)
    assert (first.attempts, second.attempts) == (1, 0)

    sending.start(lease=timedelta(hours=1))
    await sending.handed_over(SARI)
    assert quantities(bot)[-2:] == [1, 2]
