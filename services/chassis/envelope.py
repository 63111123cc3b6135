"""The envelope around an event: CloudEvents 1.0 in Kafka's binary mode, all of it in headers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from services.chassis import trace

Headers = list[tuple[str, bytes]]
LARGEST_VERSION = 2**63 - 1


class Unreadable(Exception):
    """A record that carries no event: a header is missing or cannot be decoded."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who said what, when, about which aggregate. Ids only: no personal data travels in an envelope."""

    id: UUID
    source: str
    type: str
    time: datetime
    subject: str
    version: int
    actor: str
    on_behalf_of: str | None = None
    caused_by: str | None = None
    traceparent: str | None = None

    @property
    def named(self) -> dict[str, object]:
        """`extra` of a log line about this event, written after it was handled."""
        return {"event_id": str(self.id), "traceparent": self.traceparent}

    def headers(self) -> Headers:
        named = {
            "ce_specversion": "1.0",
            "ce_id": str(self.id),
            "ce_source": self.source,
            "ce_type": self.type,
            "ce_time": moment(self.time).decode(),
            "ce_subject": self.subject,
            "ce_aggregateversion": str(self.version),
            "ce_actor": self.actor,
            "ce_onbehalfof": self.on_behalf_of,
            "ce_causationid": self.caused_by,
            "traceparent": self.traceparent,
            "content-type": "application/json",
        }
        return [(name, value.encode()) for name, value in named.items() if value is not None]


def moment(time: datetime) -> bytes:
    """As `ce_time` tells it: UTC, with as many digits as it has."""
    utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return utc.isoformat()[: -len("+00:00")].encode() + b"Z"


def read_envelope(headers: Iterable[tuple[str, bytes | None]]) -> Envelope:
    """The envelope of a record.

    Raises:
        Unreadable: a required header is missing, or its bytes are not what it should hold.
    """
    try:
        named = {name: value.decode() for name, value in headers if value is not None}
        _check_text(named.values())
        return Envelope(
            id=UUID(named["ce_id"]),
            source=named["ce_source"],
            type=named["ce_type"],
            time=_aware(named["ce_time"]),
            subject=named["ce_subject"],
            version=_version(named["ce_aggregateversion"]),
            actor=named.get("ce_actor", named["ce_source"]),
            on_behalf_of=named.get("ce_onbehalfof"),
            caused_by=named.get("ce_causationid"),
            traceparent=trace.sound(named.get(trace.HEADER)),
        )
    except KeyError as missing:
        raise Unreadable(f"header {missing} is missing") from None
    except (ValueError, OverflowError) as wrong:
        raise Unreadable(f"a header cannot be read: {wrong}") from None


def _check_text(values: Iterable[str]) -> None:
    if "\0" in "".join(values):
        raise ValueError("a null byte, which no database keeps")


def _version(text: str) -> int:
    if not 0 < (version := int(text)) <= LARGEST_VERSION:
        raise ValueError(f"version {version}")
    return version


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("ce_time has no zone")
    return moment.astimezone(UTC)
