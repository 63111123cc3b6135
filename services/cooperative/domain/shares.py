"""A share: what one seller is asked to bring from one lot, on its way from the wish for a hold to the commitment."""

from dataclasses import dataclass
from datetime import datetime

from services.chassis.event import Event
from services.chassis.wording import both, moment
from services.cooperative.domain.answers import Answer, kept
from services.cooperative.domain.asked import AskedFor
from services.cooperative.domain.collected import Less, Part
from services.cooperative.domain.refusals import NotAskedYet, RoundClosed, ShareEnded
from services.cooperative.domain.statuses import ASKED, BROUGHT, LIVE, OF_ANSWER, STANDING, ShareStatus
from services.cooperative.events import (
    BroughtTo,
    CommitWanted,
    ReleaseWanted,
    Sentences,
    ShareAnswered,
    ShareChanged,
    ShareCollected,
    ShareCommitted,
    ShareLapsed,
    ShareOffered,
)

NO_HOLD = "NOT_HELD", "WITHDRAWN"


@dataclass(eq=False, kw_only=True)
class Share(AskedFor):
    """`wanted` the sharing gave; catalog `held`, of which `quantity` stands and `released` was given back.

    `lot_answered`: the version of the lot with which catalog answered. `withheld`: what it left there, as the seller
    had withdrawn the lot. `collected` was weighed and taken, at `final_price`; None while it was not weighed.
    `less`: why that is not all.
    """

    status: ShareStatus = ShareStatus.WANTED
    held: int = 0
    quantity: int = 0
    released: int = 0
    round_open: bool = True
    ended_by: str | None = None
    lot_answered: int | None = None
    withheld: int = 0
    collected: int | None = None
    final_price: int | None = None
    less: Less | None = None

    @property
    def promised(self) -> int:
        """What its line may count on for now."""
        return self.wanted if self.status is ShareStatus.WANTED else self.quantity

    def can_answer(self, at: datetime) -> bool:
        """Whether an answer counts: it is asked, and its round is open by the row as by the clock."""
        return self.status in ASKED and self.round_open and at < self.answer_by

    def answered_with(self, lot_version: int) -> None:
        """Catalog answered the wish; what it says later of the same is no news."""
        if self.lot_answered is None:
            self.lot_answered = lot_version

    def take_hold(self, held: int, *, asking: bool) -> list[Event]:
        """Catalog set stock aside: ask the seller, once; where the share has ended it was asked to release it."""
        if self.held or self.ended_by in NO_HOLD:
            return []
        self.held = held
        if self.status is ShareStatus.WANTED and asking:
            self.status, self.quantity = ShareStatus.OFFERED, held
            return [self._offer()]
        self.released = held if self.status is ShareStatus.ENDED else 0
        return []

    def miss_hold(self, reason: str, left: int = 0) -> list[Event]:
        """Catalog had nothing left for it; or its own seller had withdrawn the lot, in which `left` was again."""
        if self.status is not ShareStatus.WANTED:
            return []
        told = self._end("NOT_HELD")
        if reason == "WITHDRAWN":
            self.ended_by, self.withheld = "WITHDRAWN", left
        return [told]

    def answer(self, answer: Answer, quantity: int | None, at: datetime) -> ShareAnswered:
        """What the seller says; until the round closes a later answer replaces the earlier."""
        self._check_asked(at)
        self.quantity = kept(
            answer, quantity, held=self.held, step=self.step, unit=self.unit, name=self.commodity_name
        )
        self.status = OF_ANSWER[answer]
        return ShareAnswered(
            **self.next_told(), answer=self.status, asked=self.held, quantity=self.quantity, said_at=at
        )

    def close_round(self) -> list[Event]:
        """Its round is over: silence lapses, what is not kept is released, a hold not yet made ends it."""
        if not self.round_open:
            return []
        self.round_open = False
        if self.status is ShareStatus.WANTED:
            return self._take_back("TOO_LATE_HELD")
        lapsed: list[Event] = [self._lapse()] if self.status is ShareStatus.OFFERED else []
        return lapsed + self._give_back(self.status.name)

    def call_off(self) -> list[Event]:
        """The window does not take place: the share ends, and whatever it holds is released."""
        if self.status not in LIVE:
            return []
        self.round_open = False
        if self.status is ShareStatus.WANTED:
            return self._take_back("CALLED_OFF")
        ended: list[Event] = [] if self.status is ShareStatus.DECLINED else [self._end("CALLED_OFF")]
        return ended + self._give_back("CALLED_OFF")

    def commit(self) -> list[Event]:
        """Firm: ask catalog to make what stands final."""
        if self.status not in STANDING:
            return []
        self.status = ShareStatus.COMMITTING
        return [CommitWanted(**self.next_fact(), lot_id=self.lot_id, quantity=self.quantity)]

    def take_commitment(self, committed: int, brought_to: BroughtTo | None = None) -> list[Event]:
        """Catalog made so much final; what it refused falls away."""
        if self.status is not ShareStatus.COMMITTING:
            return []
        if not committed:
            return [self._end("NOT_COMMITTED")]
        changed: list[Event] = [self._shrink(committed)] if committed < self.quantity else []
        self.status = ShareStatus.COMMITTED
        return [*changed, self._committed(brought_to)]

    def collect(self, part: Part, price_permille: int) -> list[Event]:
        """Its lot was weighed, and catalog has counted it; told again only where that says something new."""
        final_price = max(1, self.price * price_permille // 1000)
        if self.status not in BROUGHT or (self.collected, self.final_price) == (part.quantity, final_price):
            return []
        self.status, self.less = ShareStatus.COLLECTED, part.less
        self.collected, self.final_price = part.quantity, final_price
        facts = {"committed": self.quantity, "quantity": part.quantity, "less": part.less}
        return [ShareCollected(**self.next_described(), **facts, final_price=final_price)]

    def _check_asked(self, at: datetime) -> None:
        if self.status is ShareStatus.ENDED:
            raise ShareEnded(reason=self.ended_by)
        if self.status is ShareStatus.WANTED:
            raise NotAskedYet
        if not self.round_open or at >= self.answer_by:
            raise RoundClosed(answer_by=both(moment, self.answer_by, self.time_zone))

    def _give_back(self, reason: str) -> list[Event]:
        """Ask catalog to release what is held and does not stand."""
        rest = self.held - self.released - self.quantity
        if rest <= 0:
            return []
        self.released += rest
        return [ReleaseWanted(**self.next_fact(), lot_id=self.lot_id, quantity=rest, reason=reason)]

    def _take_back(self, reason: str) -> list[Event]:
        """End a share whose hold may still be on its way: catalog hears the release right after that wish."""
        self.released = self.held
        ended, quantity = self._end(reason), self.held or self.wanted
        return [
            ended,
            ReleaseWanted(**self.next_fact(), lot_id=self.lot_id, quantity=quantity, reason=reason),
        ]

    def _end(self, reason: str) -> ShareChanged:
        asked = 0 if self.status is ShareStatus.WANTED else self.held
        self.status, self.ended_by, self.quantity = ShareStatus.ENDED, reason, 0
        return ShareChanged(**self.next_told(), asked=asked, quantity=0, reason=reason)

    def _shrink(self, committed: int) -> ShareChanged:
        self.quantity, self.ended_by = committed, "NOT_COMMITTED"
        return ShareChanged(**self.next_told(), asked=self.held, quantity=committed, reason="NOT_COMMITTED")

    def _lapse(self) -> ShareLapsed:
        asked, self.quantity, self.status = self.quantity, 0, ShareStatus.LAPSED
        return ShareLapsed(**self.next_told(), quantity=asked)

    def _offer(self) -> ShareOffered:
        return ShareOffered(
            **self.next_described(),
            window_id=self.window_id,
            lot_id=self.lot_id,
            wanted=self.wanted,
            quantity=self.quantity,
            round=self.round,
            answer_by=self.answer_by,
            time_zone=self.time_zone,
            sentences=Sentences.model_validate(self.sentences),
        )

    def _committed(self, brought_to: BroughtTo | None) -> ShareCommitted:
        return ShareCommitted(**self.next_described(), quantity=self.quantity, collection=brought_to)
