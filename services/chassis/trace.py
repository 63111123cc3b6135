"""Where a change comes from: the trace (W3C) it belongs to, and the event that caused it; handed on hop by hop."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

HEADER = "traceparent"

_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the events of a transaction say of where they come from."""

    traceparent: str | None = None
    caused_by: str | None = None


current: ContextVar[Origin] = ContextVar("current", default=Origin())  # noqa: B039  (frozen)
"""Of the step that is being done: what its transactions and log lines say unless told otherwise."""


def sound(traceparent: str | None) -> str | None:
    """The trace as it was told; nothing where it has not the form, so that no stranger's text is handed on."""
    return traceparent if traceparent and _FORM.fullmatch(traceparent) else None


def joined(traceparent: str | None) -> str:
    """A step of one's own in the trace that was told, or in a new one."""
    told = _FORM.fullmatch(traceparent or "")
    trace, flags = told.groups() if told else (secrets.token_hex(16), "01")
    return f"00-{trace}-{secrets.token_hex(8)}-{flags}"
