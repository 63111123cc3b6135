"""A provider that is slow, down, or refuses: nothing is lost, nothing is sent in a loop, others are not held up."""

from datetime import datetime, timedelta

import pytest

from demo.bot_api import Answer, BotApi
from services.notify.domain import Status
from tests.harness.service import ServiceUnderTest
from tests.notify.lots import listed, quantities
from tests.notify.people import SARI, SARIS_CHAT, WARSI, WARSIS_CHAT, contact_of, has_chat
from tests.notify.replica import Replicas


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
