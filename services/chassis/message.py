"""The Kafka message that an outbox row becomes: an event in its envelope, or a parked original as it came."""

import base64
import json
from typing import Any
from uuid import UUID

from services.chassis.envelope import Envelope, Headers

_SAID_OF_A_LETTER = ("cause", "count", "service", "place")


def message(row: Any) -> dict[str, Any]:
    """Key, value and headers of an outbox row; a dead letter keeps those it came with."""
    if row["original"] is not None:
        return _dead_letter(row["payload"], json.loads(row["original"]))
    return {"key": row["aggregateid"].encode(), "value": row["payload"], "headers": _headers(row)}


def _headers(row: Any) -> Headers:
    return Envelope(
        id=UUID(str(row["id"])),
        source=row["source"],
        type=row["type"],
        time=row["time"],
        subject=row["aggregateid"],
        version=row["version"],
        actor=row["actor"],
        on_behalf_of=row["onbehalfof"],
        caused_by=row["causationid"],
        traceparent=row["traceparent"],
    ).headers()


def _dead_letter(value: bytes, original: dict[str, Any]) -> dict[str, Any]:
    told = [(f"lumbung_{name}", str(original.get(name, 1)).encode()) for name in _SAID_OF_A_LETTER]
    came_with = [(name, _bytes(header)) for name, header in original["headers"]]
    return {
        "key": _bytes(original["key"]),
        "value": value if original["has_value"] else None,
        "headers": came_with + told,
    }


def _bytes(encoded: str | None) -> bytes | None:
    return None if encoded is None else base64.b64decode(encoded)
