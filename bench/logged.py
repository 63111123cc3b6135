"""The statements that PostgreSQL logged for one order, with their parameters: the limits get these, not a guess."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ UTC \[(\d+)\] (\S*)@(\S*) (\w+):  ", re.M)
_SQL = re.compile(r"(?:execute [^:]*|statement): (.*)", re.S)
_PARAMETER = re.compile(r"\$\d+ = (NULL|'((?:[^']|'')*)')")
_TO_LOG = "INSERT INTO orders "


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: tuple[str | None, ...] = ()


def read(log: Path, offset: int, database: str) -> list[Statement]:
    """What the last transaction of this database that placed an order did, from BEGIN to COMMIT."""
    text = log.read_bytes()[offset:].decode(errors="replace")
    by_session: dict[str, list[Statement]] = {}
    for session, of, kind, said in _entries(text):
        told = by_session.setdefault(session, [])
        if of == database and kind == "LOG" and (found := _SQL.match(said)):
            told.append(Statement(found[1].strip().replace("\n\t", "\n")))
        elif of == database and kind == "DETAIL" and told:
            told[-1] = Statement(told[-1].sql, _parameters(said))
    placed = [one for told in by_session.values() for one in _transactions(told) if _places(one)]
    return list(placed[-1])


def _entries(text: str) -> Iterator[tuple[str, str, str, str]]:
    begun = list(_ENTRY.finditer(text))
    for one, following in zip(begun, [*begun[1:], None], strict=True):
        yield one[1], one[3], one[4], text[one.end() : following.start() if following else None].rstrip("\n")


def _parameters(said: str) -> tuple[str | None, ...]:
    return tuple(
        None if value == "NULL" else quoted.replace("''", "'").replace("\n\t", "\n")
        for value, quoted in _PARAMETER.findall(said)
    )


def _transactions(told: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    begun = 0
    for place, one in enumerate(told):
        if one.sql.startswith("BEGIN"):
            begun = place
        elif one.sql.startswith("COMMIT"):
            yield told[begun : place + 1]


def _places(statements: Sequence[Statement]) -> bool:
    return any(_TO_LOG in one.sql for one in statements)
