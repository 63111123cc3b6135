"""What is wrong with a field, and what to do, said in English and Indonesian. Never repeats what was sent."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from services.chassis.language import Language
from services.chassis.validation_texts import OTHER, TEXTS


class Mistake(TypedDict):
    """The part of a pydantic error that may be told."""

    type: str
    loc: tuple[str | int, ...]
    ctx: dict[str, Any]


def mistake(kind: str, *location: str) -> Mistake:
    """One found by our own code, to be told like pydantic's."""
    return {"type": kind, "loc": location, "ctx": {}}


def telling(found: Sequence[Mistake]) -> list[Mistake]:
    """Without what only follows: pydantic calls a list too short when its items are wrong."""
    places = [one["loc"] for one in found]
    return [
        one
        for one in found
        if one["type"] != "too_short" or not any(_inside(place, one["loc"]) for place in places)
    ]


def _inside(place: tuple[str | int, ...], outer: tuple[str | int, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def placed(found: Mistake, body: object) -> Mistake:
    """With a place that is in the body: pydantic also names the branch of a union that it tried."""
    place: list[str | int] = [*found["loc"][:1]]
    for left, part in zip(range(len(found["loc"]) - 2, -1, -1), found["loc"][1:], strict=True):
        if isinstance(part, int) and isinstance(body, list):
            place.append(part)
            body = body[part] if part < len(body) else None
        elif isinstance(body, dict) and (part in body or not left):
            place.append(part)
            body = body.get(part)
    return {"type": found["type"], "loc": tuple(place), "ctx": found.get("ctx") or {}}


def message(found: Mistake, language: Language) -> str:
    """One sentence for one field. A custom error may bring its own as `en` and `id` in its context."""
    context = found.get("ctx") or {}
    own = (str(context["en"]), str(context["id"])) if {"en", "id"} <= context.keys() else None
    english, indonesian = own or TEXTS.get(found["type"], OTHER)
    template = indonesian if language == "id" else english
    return template if own else template.format_map(_told(context, language))


def _told(context: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Pydantic joins choices with an English `or`."""
    return {
        name: value.replace(" or ", " atau ") if language == "id" and isinstance(value, str) else value
        for name, value in context.items()
    }


def path(location: Sequence[str | int]) -> str:
    """Where it is: `lines[0].quantity` of the body, or the name of a parameter or header."""
    inner = (
        location[1:]
        if location and location[0] in {"body", "query", "path", "header", "cookie"}
        else location
    )
    named = "".join(f"[{part}]" if isinstance(part, int) else f".{_name(part)}" for part in inner)
    return named.removeprefix(".") or str(location[0] if location else "body")


def _name(part: str) -> str:
    """An unknown field's name is told only where it looks like one."""
    return part if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,63}", part) else "?"
