"""What the manager's board adds up: per village what was offered, given, agreed and committed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from services.cooperative.domain.sharings import Sharing
from services.cooperative.domain.statuses import BROUGHT, STANDING, ShareStatus

AGREED = STANDING | BROUGHT | {ShareStatus.COMMITTING}


class Tallied(NamedTuple):
    """Of one order line: what its shares promise, and what of that sellers agreed to and catalog committed."""

    promised: int = 0
    accepted: int = 0
    committed: int = 0


class VillagePart(NamedTuple):
    """What came of the shares of one village in one commodity, all rounds together."""

    village: str
    commodity_id: UUID
    given: int
    held: int
    accepted: int
    committed: int


@dataclass
class VillageSum:
    """One village and commodity. `offered` is what its lots had when first shared; `reasons` count its lots."""

    village: str
    commodity_id: UUID
    lots: int = 0
    offered: int = 0
    hak: int = 0
    credit: int = 0
    given: int = 0
    held: int = 0
    accepted: int = 0
    committed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def village_sums(
    sharings: Sequence[Sharing], parts: Iterable[VillagePart], named: Mapping[str, UUID]
) -> list[VillageSum]:
    """Why one village got more than another: the numbers of all rounds, and the reasons of the first.

    `named`: commodities by name.
    """
    sums: dict[tuple[str, UUID], VillageSum] = {}
    published = [sharing for sharing in sharings if sharing.villages]
    for told in published[0].villages if published else ():
        key = told["village"], named[told["commodity"]]
        first = {name: told[name] for name in ("lots", "offered", "hak", "credit")}
        sums[key] = VillageSum(*key, **first, reasons=Counter(told["reasons"]))
    for part in parts:
        total = sums.setdefault(part[:2], VillageSum(*part[:2]))
        total.given, total.held, total.accepted, total.committed = part[2:]
    return [sums[key] for key in sorted(sums)]
