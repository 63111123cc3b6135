"""One thing in a JSON document replaced by what should not stand there, or taken away."""

import json
from random import Random
from typing import Any

from tests.cooperative.engine.documents import Document

STRANGE: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 5, 999_999_999_999, 10**12, 10**12 + 1, 10**30, "", "x", "5", "2026-02-30",
    "\x00", "Ω", [], {}, [1], [[]], {"lot": "x"}, 1.5, 1e300,
)  # fmt: skip
RAW = (
    b"NaN", b"Infinity", b"-0", b"1e3", b"1.0", b"1" * 5000, b"0x1", b"01", b"'x'", b'"\\ud800"', b'"\xff"',
    b"[" * 3000, b"nul", b"{}{}", b"",
)  # fmt: skip
MARK = "what-stands-here"


def fuzzed(document: Document, draw: Random) -> bytes:
    """The document with one strange place; written as text, for what no JSON writer would write."""
    copy = json.loads(json.dumps(document))
    place = copy
    while isinstance(place, (dict, list)) and place:
        key: Any = draw.choice(sorted(place)) if isinstance(place, dict) else draw.randrange(len(place))
        inner = place[key]
        if not isinstance(inner, (dict, list)) or not inner or draw.random() < 0.15:
            raw = _broken(place, key, draw)
            return json.dumps(copy).encode().replace(json.dumps(MARK).encode(), raw)
        place = inner
    return json.dumps(copy).encode()


def _broken(place: Any, key: Any, draw: Random) -> bytes:
    way = draw.choice(("taken", "strange", "strange", "raw", "twice"))
    if way == "taken":
        del place[key]
    elif way == "strange":
        place[key] = draw.choice(STRANGE)
    elif way == "raw":
        place[key] = MARK
    elif isinstance(place, list):
        place.append(place[key])
    return draw.choice(RAW)
