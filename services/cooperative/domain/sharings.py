"""A sharing: frozen, solved outside any transaction, then published, held back or dropped."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.chassis.event import Aggregate
from services.chassis.wording import both, moment
from services.cooperative.domain.refusals import NotHeld, TooLateToShare
from services.cooperative.domain.windows import Window
from services.cooperative.events import SharingHeld, SharingPublished
from services.cooperative.sharing import Solved


class SharingStatus(StrEnum):
    FROZEN = "frozen"
    PUBLISHED = "published"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(eq=False, kw_only=True)
class Sharing(Aggregate):
    """One computation. `first_id`: the window's first sharing, whose batch all its rounds share again.

    HELD: the verifier found the record false, or it could not be computed; `complaint` says why, and nothing is
    offered until it is tried again.
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

    def hold(self, complaint: str, window: Window, manager_id: UUID) -> SharingHeld:
        """Nothing is offered; the cooperative's manager hears of it, while the window can still be helped."""
        self.status, self.complaint = SharingStatus.HELD, complaint
        return SharingHeld(
            sharing_id=self.id,
            version=self.next_version(),
            window_id=self.window_id,
            window_code=window.code,
            window_name=window.name,
            round=self.round,
            manager_id=manager_id,
            firm_at=window.firm_at,
            time_zone=window.time_zone,
        )

    def try_again(self, window: Window, at: datetime) -> None:
        """Solve it again from the batch that was frozen, as after an upgrade."""
        if self.status is not SharingStatus.HELD:
            raise NotHeld(status=self.status)
        window.check_stands()
        if window.next_answer_by(at) is None:
            raise TooLateToShare(window=window.code, firm_at=both(moment, window.firm_at, window.time_zone))
        self.status, self.complaint = SharingStatus.FROZEN, None

    def drop(self) -> None:
        self.status = SharingStatus.DROPPED

    def publish(self, found: Solved, *, at: datetime, answer_by: datetime) -> SharingPublished:
        """Its record stands from now on, under its hash."""
        self.status, self.record_hash = SharingStatus.PUBLISHED, found.record_hash
        self.shared_at, self.answer_by = at, answer_by
        self.villages = list(found.villages)
        return SharingPublished(
            sharing_id=self.id,
            version=self.next_version(),
            window_id=self.window_id,
            round=self.round,
            record_hash=found.record_hash,
            previous_hash=self.previous_hash,
        )
