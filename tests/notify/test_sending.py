"""Handing messages over to a provider that has good and bad days, over real HTTP."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select

from demo.bot_api import Answer, BotApi
from services.chassis import points
from services.notify.domain import Status
from services.notify.tables import delivery_attempts
from tests.harness.service import ServiceUnderTest
from tests.harness.until import until
from tests.notify.people import (
    SARI,
    SARIS_CHAT,
    WARSI,
    WARSIS_CHAT,
    contact_of,
    has_chat,
    lot_listed,
)
from tests.notify.replica import Replicas

MANY = 12


def quantities(bot: BotApi, chat: int = SARIS_CHAT) -> list[int]:
    """Kilograms of the lots that a chat was told of, in the order it saw them."""
    return [int(one["text"].split(" kg")[0].split()[-1]) for one in bot.received if one["chat_id"] == chat]


async def listed(notify: ServiceUnderTest, *kilograms: int, seller: UUID = SARI) -> None:
    for quantity in kilograms:
        await notify.receives(lot_listed(seller, quantity * 1000))


async def test_a_message_is_sent_and_that_is_published(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    await listed(notify, 50)

    sending.start()

    (told,) = await sending.handed_over(SARI)
    (fact,) = await notify.events("notify.message_sent.v1")
    assert quantities(bot) == [50]
    assert fact == fact | {
        "message_id": str(told.id),
        "version": 1,
        "person_id": str(SARI),
        "channel": "telegram",
        "template": "lot_listed",
        "fact": str(told.fact),
        "attempts": 1,
    }


async def test_a_person_without_a_contact_has_his_message_in_the_list(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await listed(notify, 50)

    sending.start()

    (told,) = await sending.handed_over(SARI)
    assert (told.channel, told.status, bot.asked) == ("list", Status.SENT, [])
    assert [fact["channel"] for fact in await notify.events("notify.message_sent.v1")] == ["list"]


async def test_what_was_stored_before_a_person_had_a_chat_stays_in_the_list(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await listed(notify, 1)
    await has_chat(notify, SARI, SARIS_CHAT)
    await listed(notify, 2)

    sending.start()

    assert [told.channel for told in await sending.handed_over(SARI)] == ["list", "telegram"]
    assert quantities(bot) == [2]


async def test_a_persons_messages_arrive_in_the_order_of_the_facts_whatever_the_provider_does(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers += [Answer(), Answer(status=502), Answer(), Answer(status=429, retry_after=1)]
    await listed(notify, *range(1, MANY))

    sending.start()
    sending.start()

    await sending.handed_over(SARI)
    assert quantities(bot) == [*range(1, MANY)]


async def test_a_429_is_waited_out_and_nothing_is_sent_meanwhile(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(status=429, retry_after=2))
    await listed(notify, 1, 2)

    sending.start()

    await sending.handed_over(SARI)
    refused, *taken = [datetime.fromisoformat(one["at"]) for one in bot.asked]
    assert quantities(bot) == [1, 2]
    assert taken[0] - refused >= timedelta(seconds=2)


async def test_one_persons_trouble_does_not_hold_up_another(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    await has_chat(notify, WARSI, WARSIS_CHAT)
    bot.answers.append(Answer(status=429, retry_after=300, chat_id=SARIS_CHAT))
    await listed(notify, 1)
    await listed(notify, 2, seller=WARSI)

    sending.start()

    await sending.handed_over(WARSI)
    assert quantities(bot, WARSIS_CHAT) == [2]
    assert [told.status for told in await sending.messages(SARI)] == [Status.WAITING]


@pytest.mark.parametrize(
    "answer", [Answer(status=503), Answer(then="hang", status=504)], ids=["5xx", "no answer"]
)
async def test_a_provider_that_is_down_loses_nothing_and_is_not_asked_in_a_loop(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi, answer: Answer
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers += [answer, answer]
    await listed(notify, 1, 2)

    sending.start()

    told = await sending.handed_over(SARI)
    first, second, third, _ = [datetime.fromisoformat(one["at"]) for one in bot.asked]
    assert quantities(bot) == [1, 2]
    assert [message.attempts for message in told] == [3, 1]
    assert second - first >= timedelta(seconds=1)
    assert third - second >= timedelta(seconds=2)


async def test_a_connection_cut_before_the_answer_repeats_that_message_and_no_other(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(then="drop"))
    await listed(notify, 1, 2, 3)

    sending.start()

    await sending.handed_over(SARI)
    assert quantities(bot) == [1, 1, 2, 3]
    assert len(await notify.events("notify.message_sent.v1")) == 3


async def test_a_person_who_blocked_us_is_marked_and_told_in_the_list_from_then_on(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(status=403))
    await listed(notify, 1, 2)

    sending.start()

    first, second = await sending.handed_over(SARI)
    assert (first.status, first.reason, second.channel) == (Status.FAILED, "BLOCKED", "list")
    assert (await contact_of(notify, SARI)).blocked
    assert len(bot.asked) == 1
    assert await notify.emitted() == ["notify.message_failed.v1", "notify.message_sent.v1"]


async def test_a_message_that_telegram_refuses_fails_and_the_next_is_sent(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(status=400))
    await listed(notify, 1, 2)

    sending.start()

    first, second = await sending.handed_over(SARI)
    assert (first.reason, second.status, quantities(bot)) == ("REJECTED", Status.SENT, [2])
    assert not (await contact_of(notify, SARI)).blocked


async def test_every_attempt_is_kept_with_its_outcome_and_cost(
    notify: ServiceUnderTest, sending: Replicas, bot: BotApi
) -> None:
    await has_chat(notify, SARI, SARIS_CHAT)
    bot.answers.append(Answer(status=502))
    await listed(notify, 1)

    sending.start()

    await sending.handed_over(SARI)
    async with notify.tx() as tx:
        kept = list(await tx.execute(select(delivery_attempts).order_by(delivery_attempts.c.attempt)))
    assert [(row.attempt, row.channel, row.outcome, row.cost) for row in kept] == [
        (1, "telegram", "unavailable", 0),
        (2, "telegram", "sent", 0),
    ]


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


class Killed(BaseException):
    """The process ends here: nothing after this runs."""


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
