"""Which language to answer in: Indonesian or English, by the request's Accept-Language."""

import re
from collections.abc import Sequence
from typing import Literal

Language = Literal["en", "id"]
DEFAULT: Language = "en"
_QUALITY = r"(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
_RANGE = re.compile(rf"\s*([A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*|\*)\s*{_QUALITY}", re.ASCII)


def preferred(accept_language: str | None) -> Language:
    """The better liked of the two; of equals the one named first; English where neither is named.

    `id-ID,en;q=0.5` is Indonesian, `fr, id;q=0.2` too; `id;q=0` is not. What cannot be read is passed over.
    """
    wishes = _wishes(accept_language or "")
    liked = max(("en", "id"), key=lambda language: _liking(wishes, language))
    return "id" if liked == "id" and _liking(wishes, "id")[0] > 0 else DEFAULT


def _wishes(header: str) -> list[tuple[str, float]]:
    parts = [_RANGE.fullmatch(part) for part in header.split(",")]
    return [(part[1].lower().split("-")[0], float(part[2] or 1)) for part in parts if part]


def _liking(wishes: Sequence[tuple[str, float]], language: str) -> tuple[float, int]:
    """Its quality, then how early it is named; a `*` speaks only for languages that are not named."""
    for name in (language, "*"):
        found = [(quality, -place) for place, (named, quality) in enumerate(wishes) if named == name]
        if found:
            return max(found)
    return 0.0, -len(wishes)
