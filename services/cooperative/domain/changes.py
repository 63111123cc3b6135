"""What became of a record's lines when its round closed, as the engine's CHANGES."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol
from uuid import UUID

from services.cooperative.domain.credits import Misses
from services.cooperative.domain.statuses import ShareStatus
from services.cooperative.sharing import Pseudonyms

SAID = {ShareStatus.REDUCED: "reduced", ShareStatus.DECLINED: "declined", ShareStatus.LAPSED: "lapsed"}
Key = tuple[UUID, UUID]


class Answered(Protocol):
    """What of a share the engine has to know."""

    @property
    def lot_id(self) -> UUID: ...
    @property
    def line_id(self) -> UUID: ...
    @property
    def round(self) -> int: ...
    @property
    def status(self) -> ShareStatus: ...
    @property
    def wanted(self) -> int: ...
    @property
    def quantity(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the record, by its pseudonyms: all shares of one lot for one order line."""

    lot: str
    demand: str
    shares: Sequence[Answered]
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


def changes(shares: Iterable[Answered], turn: int, secret: Pseudonyms, misses: Misses = ()) -> str:
    """The answers to the lines that the round asked for; lines of earlier rounds stand as they did.

    `not_held`, which the engine does not read, is for the sentences: what of the answers of all rounds was never asked.
    """
    together: dict[Key, list[Answered]] = {}
    for share in shares:
        together.setdefault((share.lot_id, share.line_id), []).append(share)
    told = [
        Told(secret.of("lot", lot_id), secret.of("demand", line_id), own, turn)
        for (lot_id, line_id), own in together.items()
        if any(share.round == turn for share in own)
    ]
    rows = {"changes": [one.change() for one in told], "not_held": _not_held(misses, secret)}
    return json.dumps(rows, sort_keys=True)


def _not_held(misses: Misses, secret: Pseudonyms) -> list[dict[str, Any]]:
    """A share of before lots' versions were kept is left out: it is not known who had taken it."""
    together: dict[Key, Counter[str]] = {}
    for share, one in misses:
        if share.lot_frozen is not None:
            together.setdefault((share.lot_id, share.line_id), Counter()).update(asdict(one))
    return [
        {"lot": secret.of("lot", lot_id), "demand": secret.of("demand", line_id), "causes": dict(+causes)}
        for (lot_id, line_id), causes in together.items()
        if +causes
    ]
