"""What phones report of a weighing, in any order, twice, and from two phones: what counts is the same in the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Said(NamedTuple):
    """What a weigh-in says of its lot: the net weight, and of what grade it is or why it is rejected."""

    net: int
    grade: str | None
    rejected: bool


@dataclass(eq=False, kw_only=True)
class WeighIn:
    """One entry of one device, kept whatever it says. `entry_id` is the device's own, `at` its own clock's.

    `digest`: of all that is said, so that the same entry sent with other numbers is kept beside the first.
    `final`: the manager's word. `refused_by`: why it counts nothing, until it is sent again.
    """

    id: UUID
    window_id: UUID
    device: str
    entry_id: UUID
    digest: str
    lot_code: str
    lot_id: UUID | None = None
    gross: int
    tare: int
    grade: str | None
    rejected: bool = False
    reason: str | None = None
    photo: str | None = None
    at: datetime
    weighed_by: str
    received_at: datetime
    final: bool = False
    refused_by: str | None = None

    @property
    def said(self) -> Said:
        return Said(self.gross - self.tare, self.grade, self.rejected)


@dataclass(frozen=True, slots=True)
class Merged:
    """Which entry counts, and whether another says otherwise and the manager has not spoken."""

    counts: WeighIn
    conflict: bool


def merged(entries: Iterable[WeighIn]) -> Merged | None:
    """The manager's last word; without one the earliest entry by its own clock. None where there is no entry.

    Only what the entries say decides, not the order in which they came.
    """
    standing = [entry for entry in entries if entry.refused_by is None]
    if not standing:
        return None
    if final := [entry for entry in standing if entry.final]:
        return Merged(max(final, key=_turn), conflict=False)
    return Merged(min(standing, key=_turn), conflict=len({entry.said for entry in standing}) > 1)


def _turn(entry: WeighIn) -> tuple[datetime, str, str, str]:
    return entry.at, entry.device, str(entry.entry_id), entry.digest
