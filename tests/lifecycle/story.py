"""What happened, a sentence a step, with what came of it; things are called by name, in the order of their making."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.faults.checker.evidence import Fact
from tests.lifecycle.look import Seen
from tests.lifecycle.people import CAST

ZONE = ZoneInfo("Asia/Jakarta")
THINGS = (
    ("catalog", "lots", "lot"),
    ("cooperative", "windows", "window"),
    ("orders", "orders", "order"),
    ("cooperative", "sharings", "sharing"),
    ("cooperative", "shares", "share"),
)
"""Table by table what gets a name."""
NUMBERS = ("quantity", "wanted", "held", "committed", "filled", "missing", "change", "available")
WORDS = ("answer", "reason", "round", "lot_id", "share_id", "order_id", "seller_id")
_TWICE = re.compile(r"\b(\w+) (?=\1 \d)")
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def kg(grams: int) -> str:
    return f"{grams / 1000:g} kg"


def clock_time(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%a %H:%M")


@dataclass
class Story:
    """`names` by id; `happened` counts what kinds of facts there were."""

    lines: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=lambda: {str(one.id): one.name for one in CAST})
    happened: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    _facts: set[str] = field(default_factory=set)
    _numbers: Counter[str] = field(default_factory=Counter)

    def tells(self, at: datetime, sentence: str) -> None:
        self.steps += 1
        self.lines.append(f"{self.steps:3}. {clock_time(at)}  {sentence}")

    def meets(self, seen: Mapping[str, Seen]) -> None:
        """Give names to what is new, and tell which facts came of the step."""
        for service, table, kind in THINGS:
            if service in seen:
                for one in sorted(row["id"] for row in seen[service].rows(table)):
                    self._name(one, kind)
        for one in seen["orders"].rows("lines") if "orders" in seen else ():
            self.names.setdefault(one["line_id"], f"a line of {self.names.get(one['order_id'], 'an order')}")
        for kept in seen.values():
            self._tell_facts(kept)

    def founded(self, seen: Mapping[str, Seen]) -> None:
        """What was there before the story begins is no news."""
        self._facts = {fact.id for kept in seen.values() for fact in kept.outbox}

    def _name(self, one: str, kind: str) -> None:
        if one not in self.names:
            self._numbers[kind] += 1
            self.names[one] = f"{kind} {self._numbers[kind]}"

    def _tell_facts(self, kept: Seen) -> None:
        for fact in kept.outbox:
            if fact.id not in self._facts:
                self._facts.add(fact.id)
                self.happened[fact.type] += 1
                self.lines.append(f"          {_in_short(fact, kept.service)}")

    def named(self, text: str) -> str:
        """With names for ids."""
        named = _ID.sub(lambda found: self.names.get(found[0], found[0]), text)
        return _TWICE.sub("", named)

    def __str__(self) -> str:
        return self.named("\n".join(self.lines))


def _in_short(fact: Fact, by: str) -> str:
    """`catalog: stock held of lot 1: held 12 kg, share 3`."""
    _, _, said = fact.type.removesuffix(".v1").partition(".")
    body = fact.body
    details = [f"{name} {kg(body[name])}" for name in NUMBERS if isinstance(body.get(name), int)]
    details += [_word(name, body[name]) for name in WORDS if body.get(name) and body[name] != fact.key]
    parked = "parked, " if fact.is_dead_letter else ""
    return (
        f"{by}: {parked}{said.replace('_', ' ')} of {fact.key}{': ' if details else ''}{', '.join(details)}"
    )


def _word(name: str, value: Any) -> str:
    return str(value) if name.endswith("_id") else f"{name} {value}"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
