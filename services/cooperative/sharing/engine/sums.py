"""Sums and least values over a record's rows, counted once for many sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any


def summed(rows: Iterable[Mapping[str, Any]], key: str, by: str = "lot") -> Counter[str]:
    total: Counter[str] = Counter()
    for row in rows:
        total[row[by]] += row[key]
    return total


def least_from(reach: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """By rising first number, each with the least of the second ones from there on."""
    rising = sorted(reach)
    least = list(accumulate((second for _, second in reversed(rising)), min))
    return [(first, one) for (first, _), one in zip(rising, reversed(least), strict=True)]


def begun(text: str) -> str:
    """With a large first letter, as a sentence begins."""
    return text[:1].upper() + text[1:]


def grouped(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, list[Mapping[str, Any]]]:
    """The rows by what they have under this name, in their order."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found
