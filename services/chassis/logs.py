"""What a service writes down: JSON lines with service, trace and event, or plain lines on a terminal."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

from services.chassis.trace import current

Form = Literal["auto", "json", "text"]
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_QUOTED = (
    (re.compile(r"input_value=.*?, input_type="), "input_value=..., input_type="),
    (re.compile(r"(query argument \$\d+[^:\n]*): .*"), r"\1: ..."),
    (re.compile(r"(invalid input syntax for [\w ]+): .*"), r"\1: ..."),
    (re.compile(r"^(DETAIL): .*", re.MULTILINE), r"\1: ..."),
)
_WORD = {"aiokafka": logging.ERROR, "httpx": logging.WARNING}


def write_logs(service: str, form: Form) -> None:
    """Let this process write its logs to stderr; `auto` is text on a terminal and JSON elsewhere."""
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(Plain(service) if as_text else JsonLines(service))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy, level in _WORD.items():
        logging.getLogger(noisy).setLevel(level)


class JsonLines(logging.Formatter):
    """One JSON object per line."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.entry(record), ensure_ascii=False)

    def entry(self, record: logging.LogRecord) -> dict[str, str]:
        """What is written down of a record; values that people entered are cut out of what libraries quote."""
        trace = (getattr(record, "traceparent", None) or current.get().traceparent or "--").split("-")[1]
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self._service,
            "logger": record.name,
            "message": without_values(record.getMessage()),
            "trace_id": trace,
            "event_id": getattr(record, "event_id", None) or current.get().caused_by or "",
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return {name: value for name, value in told.items() if value}

    def formatException(self, ei: Raised) -> str:  # noqa: N802
        return without_values(super().formatException(ei))


class Plain(JsonLines):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        return in_words(self.entry(record))


def without_values(text: str) -> str:
    """A text of ours or a library's, without the values it quotes: they may be what somebody entered."""
    for quoted, instead in _QUOTED:
        text = quoted.sub(instead, text)
    return text


def readable(line: str) -> str:
    """A line of a log as people read it; what is no JSON line of ours stays as it is."""
    try:
        entry = json.loads(line)
        return in_words(entry)
    except (ValueError, KeyError, TypeError):
        return line


def in_words(entry: dict[str, Any]) -> str:
    """An entry as a line, with the error below it."""
    at = datetime.fromisoformat(entry["at"]).astimezone().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    named = [f"{name[:-3]} {entry[name]}" for name in ("trace_id", "event_id") if name in entry]
    line = f"{at} {entry['level']} {entry['logger']} {entry['message']}"
    below = entry["error"].rstrip().splitlines() if "error" in entry else []
    return "\n".join([f"{line} ({', '.join(named)})" if named else line, *below])
