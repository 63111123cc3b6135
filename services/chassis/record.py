"""A Kafka record as it came, and what the chassis reads from it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from services.chassis.envelope import Envelope, Unreadable, read_envelope
from services.chassis.event import Event, family
from services.chassis.reaction import Declared, Reaction, Reactions


@dataclass(frozen=True, slots=True)
class Record:
    """Untouched bytes and where they stood."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes | None]]

    @property
    def place(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"

    @property
    def key_text(self) -> str:
        """The key as text; a record without one stands alone under its place."""
        return self.place if self.key is None else self.key.decode(errors="backslashreplace")

    @property
    def original(self) -> dict[str, Any]:
        """Key and headers for storage as JSON, byte for byte, and whether there was a value at all."""
        headers = [[name, _base64(value)] for name, value in self.headers]
        return {"key": _base64(self.key), "headers": headers, "has_value": self.value is not None}


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event that one of the service's reactions wants."""

    record: Record
    envelope: Envelope
    event: Event
    reaction: Reaction

    @property
    def id(self) -> UUID:
        return self.envelope.id

    @property
    def declared(self) -> Declared:
        """What must be locked before it is handled."""
        return self.reaction.keys, self.event


@dataclass(frozen=True, slots=True)
class Poison:
    """A record that cannot be handled, and why. Without a readable id its place stands for it."""

    record: Record
    envelope: Envelope | None
    cause: str

    @property
    def id(self) -> UUID:
        return self.envelope.id if self.envelope else uuid5(NAMESPACE_URL, self.record.place)


def read(record: Record, reactions: Reactions) -> Delivery | Poison | None:
    """What a record means to this service; nothing when its type concerns others."""
    try:
        envelope = read_envelope(record.headers)
    except Unreadable as unreadable:
        return Poison(record, None, str(unreadable))
    reaction = reactions.by_type.get(envelope.type)
    if reaction is None:
        unknown_version = family(envelope.type) in reactions.families
        return Poison(record, envelope, f"unknown version: {envelope.type}") if unknown_version else None
    return _delivery(record, envelope, reaction)


def _delivery(record: Record, envelope: Envelope, reaction: Reaction) -> Delivery | Poison:
    try:
        event = reaction.event.model_validate_json(record.value or b"")
    except ValidationError as malformed:
        return Poison(
            record, envelope, f"does not fit {envelope.type}: {malformed.errors(include_input=False)}"
        )
    if not str(event.key) == envelope.subject == record.key_text or event.version != envelope.version:
        return Poison(record, envelope, "key, envelope and value do not name the same aggregate and version")
    return Delivery(record, envelope, event, reaction)


def _base64(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()
