"""Messages are handed to a provider over real HTTP, in order, and every attempt is kept."""

from sqlalchemy import select

from demo.bot_api import Answer, BotApi
from services.notify.domain import Status
from services.notify.tables import delivery_attempts
from tests.harness.service import ServiceUnderTest
from tests.notify.lots import listed, quantities
from tests.notify.people import SARI, SARIS_CHAT, has_chat
from tests.notify.replica import Replicas

MANY = 12


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
