"""What became of a record's lines when its round closed, as the engine's CHANGES."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.cooperative.domain.shares import Share
from services.cooperative.domain.statuses import ShareStatus

SAID = {ShareStatus.REDUCED: "reduced", ShareStatus.DECLINED: "declined", ShareStatus.LAPSED: "lapsed"}
Key = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the record, by its pseudonyms: all shares of one lot for one order line."""

    lot: str
    demand: str
    shares: Sequence[Share]
    round: int

    @property
    def asked(self) -> int:
        """What stood before this round's answers: what earlier rounds left, and what this one asked for."""
        return sum(share.wanted if share.round == self.round else share.quantity for share in self.shares)

    @property
    def stands(self) -> int:
        return sum(share.quantity for share in self.shares)

    def change(self) -> dict[str, Any]:
        """What others prevented is `short`, like what a seller cannot bring; its credit comes back by an entry."""
        row: dict[str, Any] = {"lot": self.lot, "demand": self.demand}
        if self.stands == self.asked:
            return row | {"kind": "accepted"}
        (newest,) = (share for share in self.shares if share.round == self.round)
        kind = SAID.get(newest.status, "short")
        if kind in ("reduced", "short") or self.stands:
            kind = "short" if kind == "short" else "reduced"
            return row | {"kind": kind, "quantity": self.stands}
        return row | {"kind": kind}


def changes(shares: Sequence[Share], turn: int, known: Mapping[str, Any]) -> str:
    """The answers to the lines that the round asked for; lines of earlier rounds stand as they did."""
    lots = {UUID(row[0]): name for name, row in known["lots"].items()}
    demands = {UUID(line): name for name, line in known["demands"].items()}
    together: dict[Key, list[Share]] = {}
    for share in shares:
        together.setdefault((share.lot_id, share.line_id), []).append(share)
    told = [
        Told(lots[lot_id], demands[line_id], own, turn)
        for (lot_id, line_id), own in together.items()
        if any(share.round == turn for share in own)
    ]
    return json.dumps({"changes": [one.change() for one in told]}, sort_keys=True)
