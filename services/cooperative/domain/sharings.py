"""A sharing: frozen, solved outside any transaction, then published, held back or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.chassis.event import Aggregate
from services.cooperative.events import SharingPublished


class SharingStatus(StrEnum):
    FROZEN = "frozen"
    PUBLISHED = "published"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(eq=False, kw_only=True)
class Sharing(Aggregate):
    """One computation. `first_id`: the window's first sharing, whose batch all its rounds share again.

    HELD: the verifier found the record false, `complaint` says why, and nothing was offered.
    DROPPED: solved, but the window did not want it any more, or it gave nothing new.
    """

    id: UUID
    window_id: UUID
    round: int
    first_id: UUID
    frozen_at: datetime
    status: SharingStatus = SharingStatus.FROZEN
    answer_by: datetime | None = None
    shared_at: datetime | None = None
    record_hash: str | None = None
    previous_hash: str | None = None
    complaint: str | None = None
    villages: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0

    def hold(self, complaint: str) -> None:
        self.status, self.complaint = SharingStatus.HELD, complaint

    def drop(self) -> None:
        self.status = SharingStatus.DROPPED

    def publish(self, record_hash: str, *, at: datetime, answer_by: datetime) -> None:
        self.status, self.record_hash = SharingStatus.PUBLISHED, record_hash
        self.shared_at, self.answer_by = at, answer_by

    def published(self) -> SharingPublished:
        if self.record_hash is None:
            raise ValueError("a sharing is published by its record's hash")
        return SharingPublished(
            sharing_id=self.id,
            version=self.next_version(),
            window_id=self.window_id,
            round=self.round,
            record_hash=self.record_hash,
            previous_hash=self.previous_hash,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What stands behind a batch's pseudonyms: its lots, order lines, and commodities by name."""

    lots: Mapping[str, "LotBehind"]
    lines: Mapping[str, UUID]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Known":
        lots = {
            name: LotBehind(UUID(row[0]), row[1], UUID(row[2]), row[3]) for name, row in plain["lots"].items()
        }
        return cls(lots, {name: UUID(line) for name, line in plain["demands"].items()})


@dataclass(frozen=True, slots=True)
class LotBehind:
    lot_id: UUID
    lot_code: str
    seller_id: UUID
    village: str
