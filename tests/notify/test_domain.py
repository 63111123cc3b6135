"""Contacts, messages and back-off, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.ids import new_id
from services.notify.domain import (
    LONGEST_PAUSE,
    Address,
    AlreadyHandedOver,
    Contact,
    Message,
    Outcome,
    Receipt,
    Status,
    channel_for,
    contact_of,
    pause,
)
from services.notify.events import ChannelName, MessageFailed, MessageSent
from tests.notify.people import COOPERATIVE, SARI, SARIS_CHAT

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHAT = Address("Bu Sari", "id", "telegram", SARIS_CHAT)
LIST = Address("Bu Sari", "id", "list")
BOTH: tuple[ChannelName, ...] = ("list", "telegram")


def message(at: datetime = NOON) -> Message:
    return Message(new_id(), SARI, new_id(), new_id(), 1, "lot_listed", "Cabai tercatat.", at)


def contact(address: Address = CHAT, at: datetime = NOON) -> Contact:
    return contact_of(SARI, address, COOPERATIVE, at)


def test_a_message_that_was_taken_is_sent_once() -> None:
    told = message()

    fact = told.hand_over("telegram", Receipt(Outcome.SENT), NOON)

    assert isinstance(fact, MessageSent)
    assert (fact.version, fact.attempts, fact.channel) == (1, 1, "telegram")
    with pytest.raises(AlreadyHandedOver):
        told.hand_over("telegram", Receipt(Outcome.SENT), NOON)


def test_a_provider_that_is_down_leaves_the_message_waiting_and_counts_the_attempt() -> None:
    told = message()

    fact = told.hand_over("telegram", Receipt(Outcome.UNAVAILABLE), NOON)

    assert (fact, told.status, told.attempts) == (None, Status.WAITING, 1)


@pytest.mark.parametrize(
    ("outcome", "reason"), [(Outcome.BLOCKED, "BLOCKED"), (Outcome.REJECTED, "REJECTED")]
)
def test_a_message_that_will_never_be_taken_fails_with_the_reason(outcome: Outcome, reason: str) -> None:
    told = message()
    told.hand_over("telegram", Receipt(Outcome.UNAVAILABLE), NOON)

    fact = told.hand_over("telegram", Receipt(outcome), NOON)

    assert isinstance(fact, MessageFailed)
    assert (fact.reason, fact.attempts, told.status) == (reason, 2, Status.FAILED)


def test_a_person_with_a_chat_is_told_there() -> None:
    assert channel_for(message(), contact(), BOTH) == "telegram"


def test_a_person_without_a_contact_or_chat_is_told_in_the_list() -> None:
    assert channel_for(message(), None, BOTH) == "list"
    assert channel_for(message(), contact(LIST), BOTH) == "list"


def test_old_news_does_not_open_a_new_chat() -> None:
    later = contact(LIST)
    later.change(CHAT, None, NOON + HOUR)

    assert channel_for(message(NOON), later, BOTH) == "list"
    assert channel_for(message(NOON + HOUR), later, BOTH) == "telegram"


def test_a_second_chat_takes_over_what_waited_for_the_first() -> None:
    moved = contact()
    moved.change(Address("Bu Sari", "id", "telegram", 7), None, NOON + HOUR)

    assert channel_for(message(NOON), moved, BOTH) == "telegram"


def test_a_person_who_blocked_us_is_told_in_the_list_until_he_sets_a_chat_anew() -> None:
    shut = contact()
    shut.block(SARIS_CHAT)
    assert channel_for(message(), shut, BOTH) == "list"

    shut.change(CHAT, None, NOON + HOUR)

    assert channel_for(message(), shut, BOTH) == "telegram"


def test_blocking_an_old_chat_leaves_the_new_one_open() -> None:
    moved = contact()
    moved.change(Address("Bu Sari", "id", "telegram", 7), None, NOON)

    moved.block(SARIS_CHAT)

    assert not moved.blocked


def test_a_stack_without_a_chat_tells_everything_in_the_list() -> None:
    assert channel_for(message(), contact(), {"list"}) == "list"


def test_a_contact_keeps_its_cooperative_when_someone_without_one_changes_it() -> None:
    changed = contact()

    changed.change(LIST, None, NOON)

    assert changed.cooperative == COOPERATIVE


def test_pauses_double_up_to_the_longest_and_never_undercut_the_provider() -> None:
    waits = [pause(failures, None, chance=0).total_seconds() for failures in (1, 2, 3, 4)]

    assert waits == [1, 2, 4, 8]
    assert pause(1_000, None, chance=0) == LONGEST_PAUSE
    assert pause(1, timedelta(seconds=30), chance=0) == timedelta(seconds=30)


def test_pauses_differ_by_chance_so_that_not_all_come_back_at_once() -> None:
    assert pause(3, None, chance=0.0) < pause(3, None, chance=0.5) < pause(3, None, chance=1.0)
    assert pause(3, timedelta(seconds=30), chance=0.5) > timedelta(seconds=30)
