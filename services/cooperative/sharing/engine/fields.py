"""One row of a document, read field by field; every refusal names the field's place and what is allowed."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, NoReturn

LARGEST = 10**12


class Refused(ValueError):
    """The document is not what it must be: `path` in it, and what is `allowed` there."""

    def __init__(self, path: str, allowed: str) -> None:
        super().__init__(f"{path}: {allowed}" if path else allowed)
        self.path, self.allowed = path, allowed


class Row:
    """A JSON object and its place."""

    __slots__ = ("path", "plain")

    def __init__(self, plain: Any, path: str) -> None:
        if not isinstance(plain, dict):
            raise Refused(path, "must be an object")
        self.plain: dict[str, Any] = plain
        self.path = path

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, allowed: str) -> NoReturn:
        raise Refused(self.at(key), allowed)

    def number(self, key: str, least: int = 1, most: int = LARGEST, default: int | None = None) -> int:
        value = self.plain.get(key, default)
        if type(value) is not int or not least <= value <= most:
            self.refuse(key, f"must be a whole number from {least} to {most}")
        return value

    def text(self, key: str) -> str:
        value = self.plain.get(key)
        if not isinstance(value, str) or not value:
            self.refuse(key, "must be a text that is not empty")
        return value

    def one_of(self, key: str, known: Iterable[str], allowed: str) -> str:
        value = self.text(key)
        if value not in known:
            self.refuse(key, f"must be {allowed}")
        return value

    def texts(self, key: str, unique: bool = False) -> tuple[str, ...]:
        values = self.plain.get(key, [])
        if not isinstance(values, list):
            self.refuse(key, "must be a list")
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value:
                self.refuse(f"{key}[{place}]", "must be a text that is not empty")
        if unique and len(set(values)) < len(values):
            self.refuse(key, "must not name one twice")
        return tuple(values)

    def day(self, key: str, absent: bool = False) -> Any:
        if absent and key not in self.plain:
            return None
        value = self.plain.get(key)
        if not isinstance(value, str) or not _is_day(value):
            self.refuse(key, "must be a day like 2026-11-27" + (", or absent" if absent else ""))
        return value

    def row(self, key: str) -> "Row":
        if key not in self.plain:
            self.refuse(key, "is required")
        return Row(self.plain[key], self.at(key))

    def rows(self, key: str) -> Iterator["Row"]:
        values = self.plain.get(key, [])
        if not isinstance(values, list):
            self.refuse(key, "must be a list")
        return (Row(value, f"{self.at(key)}[{place}]") for place, value in enumerate(values))

    def names(self, key: str) -> dict[str, str]:
        names = self.plain.get(key, {})
        if not isinstance(names, dict):
            self.refuse(key, "must be an object of texts")
        for name, value in names.items():
            if not isinstance(value, str):
                self.refuse(f"{key}.{name}", "must be a text")
        return dict(names)

    def choice(self, key: str, known: Collection[str]) -> str:
        return self.one_of(key, known, f"one of {', '.join(sorted(known))}")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
