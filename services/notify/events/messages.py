"""Facts that notify publishes."""

from typing import Literal
from uuid import UUID

from services.chassis.event import Event

Language = Literal["id", "en"]
ChannelName = Literal["telegram", "list"]
FailureReason = Literal["BLOCKED", "REJECTED"]


class MessageSent(Event, type="notify.message_sent.v1", topic="notify.messages", key="message_id"):
    message_id: UUID
    person_id: UUID
    channel: ChannelName
    template: str
    fact: UUID
    attempts: int


class MessageFailed(Event, type="notify.message_failed.v1", topic="notify.messages", key="message_id"):
    message_id: UUID
    person_id: UUID
    channel: ChannelName
    template: str
    fact: UUID
    reason: FailureReason
    attempts: int
