"""Why a lot that was answered gets nothing more: what of it was refused and how, what was not set aside and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from services.chassis.wording import amount
from services.cooperative.sharing.engine.sums import grouped
from services.cooperative.sharing.engine.words import NOT_SET_ASIDE, OR, PART_OF, REFUSED

Row = Mapping[str, Any]
NotSetAside = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Of a lot and a demand, by the causes of `words.NOT_SET_ASIDE`, how much; a record does not tell it."""


class Answered:
    """A record's answers in words. What is known not to have been set aside is told apart from what was refused."""

    def __init__(self, record: Row, language: str, not_set_aside: NotSetAside) -> None:
        self._language, self._not_set_aside = language, not_set_aside
        self._words = NOT_SET_ASIDE[language] | REFUSED[language]
        self._of = grouped(record["answers"], "lot")

    def text(self, lot: Row, which: str) -> str:
        """Part by part; `which` lot it is stands with the first."""
        said: list[str] = []
        of_lot = self._of.get(lot["lot"], ()), self._not_set_aside.get(lot["lot"], {})
        for quantity, keys in _causes(*of_lot):
            part = amount(quantity, lot["unit"], self._language).strip()
            part = part if said else PART_OF[self._language].format(amount=part, lot=which)
            said.append(f"{part} {OR[self._language].join(self._words[key] for key in keys)}")
        return ", ".join(said)


def _causes(
    answers: Iterable[Row], not_set_aside: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[int, list[str]]]:
    """How much of a lot has gone, each time with the keys of the words that say why.

    `not_set_aside`: of the lot's demands; it is part of what the record counts as refused.
    """
    known, kinds = Counter[str](), Counter[str]()
    for row in answers:
        of_row = not_set_aside.get(row["demand"], {})
        known.update(of_row)
        kinds[row["kind"]] += row["refused"] - sum(of_row.values())
    yield from ((known[cause], [cause]) for cause in NOT_SET_ASIDE["en"] if known[cause])
    if rest := kinds.total():
        yield rest, [kind for kind in REFUSED["en"] if kinds[kind]]
