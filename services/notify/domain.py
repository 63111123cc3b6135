"""A person's contact, the messages stored for him, and what becomes of one that was handed to a channel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple
from uuid import UUID

from services.chassis.event import Aggregate
from services.chassis.problem import Refused
from services.notify.events import ChannelName, FailureReason, Language, MessageFailed, MessageSent

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_DOUBLINGS = 9
"""2 to the 9th seconds are more than the longest pause."""


class Status(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Outcome(StrEnum):
    """What a channel made of a message: it took it, will never take it, or could not be asked."""

    SENT = "sent"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    UNAVAILABLE = "unavailable"


class Word(IntEnum):
    """On whose word we know where a person belongs: the higher weighs more."""

    CLAIMED = 1
    """An assistant's, who set the contact before anything was known."""
    SPOKEN_FOR = 2
    """That of an event which somebody brought about on his behalf."""
    OWN = 3

    def counts_after(self, known: "Word | None") -> bool:
        """Only the person himself adds to what is known; of others the first is believed."""
        return known is None or self > known or self is Word.OWN


class Place(NamedTuple):
    """A cooperative, and the village in it where that is known."""

    cooperative: UUID
    village: str = ""


def places_of(cooperative: UUID | None, villages: Collection[str]) -> list[Place]:
    """Where one belongs by his token."""
    return [Place(cooperative, village) for village in villages or ("",)] if cooperative else []


@dataclass(frozen=True)
class Receipt:
    """A channel's answer; `wait` is how long the provider told us to keep quiet, `cost` is in rupiah."""

    outcome: Outcome
    detail: str = ""
    wait: timedelta | None = None
    cost: int = 0


class AlreadyHandedOver(Refused):
    en = "Message {message_id} is {status} already."
    id = "Pesan {message_id} sudah berstatus {status}."


@dataclass(frozen=True)
class Address:
    """How a person wants to be told."""

    name: str
    language: Language
    channel: ChannelName
    chat: int | None = None


@dataclass(eq=False)
class Contact:
    """Who a person is to us. `chat_since` is when he first had a chat, `blocked` that he shut us out of it."""

    person_id: UUID
    cooperative: UUID | None
    name: str
    language: Language
    channel: ChannelName
    chat: int | None = None
    chat_since: datetime | None = None
    blocked: bool = False

    def change(self, address: Address, cooperative: UUID | None, at: datetime) -> None:
        """Take the new address; a chat set anew is tried again, even one that had blocked us."""
        self.name, self.language = address.name, address.language
        self.channel, self.chat = address.channel, address.chat
        self.cooperative = cooperative or self.cooperative
        self.chat_since = self.chat_since or (at if self.channel == "telegram" else None)
        self.blocked = False

    def block(self, chat: int | None) -> None:
        """The provider says this chat is shut; another chat set meanwhile is not."""
        self.blocked = self.blocked or self.chat == chat


def contact_of(person_id: UUID, address: Address, cooperative: UUID | None, at: datetime) -> Contact:
    """The first contact of a person."""
    contact = Contact(person_id, cooperative, address.name, address.language, address.channel)
    contact.change(address, cooperative, at)
    return contact


@dataclass(eq=False)
class Message(Aggregate):
    """One fact told to one person. `number` is the order in which messages were stored and are handed over;
    `traceparent` is where it was stored in the trace of the fact.
    """

    id: UUID
    person_id: UUID
    fact: UUID
    subject: UUID
    subject_version: int
    template: str
    text: str
    stored_at: datetime
    status: Status = Status.WAITING
    channel: ChannelName | None = None
    attempts: int = 0
    reason: FailureReason | None = None
    settled_at: datetime | None = None
    number: int | None = None
    traceparent: str | None = None
    version: int = 0

    def hand_over(
        self, channel: ChannelName, receipt: Receipt, at: datetime
    ) -> MessageSent | MessageFailed | None:
        """Note one attempt: the message is sent, has failed for good, or waits on (no fact yet)."""
        if self.status is not Status.WAITING:
            raise AlreadyHandedOver(message_id=self.id, status=self.status)
        self.attempts += 1
        if receipt.outcome is Outcome.UNAVAILABLE:
            return None
        self.channel, self.settled_at = channel, at
        return self._sent(channel) if receipt.outcome is Outcome.SENT else self._failed(channel, receipt)

    def _sent(self, channel: ChannelName) -> MessageSent:
        self.status = Status.SENT
        return MessageSent(
            message_id=self.id,
            version=self.next_version(),
            person_id=self.person_id,
            channel=channel,
            template=self.template,
            fact=self.fact,
            attempts=self.attempts,
        )

    def _failed(self, channel: ChannelName, receipt: Receipt) -> MessageFailed:
        self.status = Status.FAILED
        self.reason = "BLOCKED" if receipt.outcome is Outcome.BLOCKED else "REJECTED"
        return MessageFailed(
            message_id=self.id,
            version=self.next_version(),
            person_id=self.person_id,
            channel=channel,
            template=self.template,
            fact=self.fact,
            reason=self.reason,
            attempts=self.attempts,
        )


def channel_for(message: Message, contact: Contact | None, offered: Collection[ChannelName]) -> ChannelName:
    """Where a message goes now: to the person's chat where he has one, else only to his list.

    What was stored before he first had a chat stays in the list: a new chat does not begin with old news.
    So does all that comes while he blocks us, and all where the stack offers no chat.
    """
    if contact is None or contact.blocked or contact.chat is None or contact.channel not in offered:
        return "list"
    if contact.chat_since is None or message.stored_at < contact.chat_since:
        return "list"
    return contact.channel


def pause(failures: int, told: timedelta | None, chance: float) -> timedelta:
    """How long a person's messages wait after so many failures in a row.

    Doubling, half of it by chance (0 to 1) so that not all come back at once; never less than the provider told.
    """
    doubled = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(failures - 1, MOST_DOUBLINGS)))
    return max(doubled, told or timedelta()) + doubled * (chance / 2)
