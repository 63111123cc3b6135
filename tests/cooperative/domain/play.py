"""A whole window in plain Python, with its lots, what catalog holds, and what sellers say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from services.chassis.event import Event
from services.cooperative.domain import (
    Answer,
    BookedOrder,
    Frozen,
    Good,
    KnownLot,
    Line,
    Market,
    Policy,
    Share,
    Sharing,
    Window,
    Wish,
    changes,
    close_shares,
    conclude,
    freeze,
    next_sharing,
    shares_of,
    take_book,
)
from services.cooperative.events import ReleaseWanted
from services.cooperative.sharing import Offer, Pseudonyms, Solved, solved
from tests.cooperative.people import (
    CHILLI,
    COOPERATIVE,
    DELIVERY,
    KG,
    KITCHEN,
    LINE,
    NOON,
    ORDER,
    SARI,
    SERANG,
    window,
)
from tests.cooperative.told import ordered


@dataclass
class Play:
    """One window, its lots' stock as catalog has it, and everything that was told."""

    stock: dict[UUID, int]
    lines: list[Line]
    market: Market
    window: Window = field(default_factory=window)
    shares: list[Share] = field(default_factory=list)
    held: Counter[UUID] = field(default_factory=Counter)
    told: list[Event] = field(default_factory=list)
    sharings: list[Sharing] = field(default_factory=list)
    records: list[str] = field(default_factory=list)
    frozen: Frozen | None = None
    ids: Iterator[UUID] = field(default_factory=lambda: (UUID(int=number) for number in count(5000)))

    def opens(self, at: datetime) -> list[Share]:
        fresh = all(share.ended_by == "TOO_LATE_HELD" for share in self.shares)
        last = None if fresh else self.sharings[-1]
        promised = Counter[UUID]()
        for share in self.shares:
            promised[share.line_id] += share.promised
        sharing_id = next(self.ids)
        wanted = next_sharing(self.window, self.lines, promised, last, at=at, sharing_id=sharing_id)
        if wanted is None:
            return []
        if fresh:
            lots = [replace(lot, available=self.stock[lot.lot_id]) for lot in self.market.lots]
            self.frozen = freeze(replace(self.market, lots=lots))
            self.window.may_ask(self.frozen.rounds)
        return self.opened(wanted, self.solve(last), at)

    def solve(self, last: Sharing | None) -> Solved:
        assert self.frozen is not None
        told = changes(self.shares, self.window.round, self.market.pseudonyms) if last else None
        frozen, previous = self.frozen, self.records[-1] if last else None
        found = solved(frozen.batch, previous, told, frozen.people, frozen.known)
        assert found.complaint is None
        return found

    def opened(self, wanted: Sharing, found: Solved, at: datetime) -> list[Share]:
        told = conclude(wanted, self.window, self.lines, found, at=at, manager_id=UUID(int=9))
        if not told:
            return []
        self.records.append(found.record)
        self.sharings.append(wanted)
        offers = [offer for page in found.pages for offer in Offer.read(page)]
        asked = shares_of(wanted, self.window, self.lines, offers, self.ids)
        self.told += [*told, *(share.hold_wanted() for share in asked)]
        self.shares += asked
        return asked

    def says(self, share: Share, said: str) -> None:
        if said == "unheld":
            return
        held = max(KG, share.wanted // 2 // KG * KG) if said == "part" else share.wanted
        self.stock[share.lot_id] -= held
        self.held[share.id] += held
        self.told += share.take_hold(held, asking=True)
        answers = {"yes": Answer.YES, "part": Answer.YES, "no": Answer.NO}
        if said == "less" and held > KG:
            self.told.append(share.answer(Answer.LESS, KG, NOON))
        elif said in answers:
            self.told.append(share.answer(answers[said], None, NOON))

    def closes(self) -> None:
        facts = close_shares(self.shares)
        self.window.close_round()
        for fact in facts:
            if isinstance(fact, ReleaseWanted):
                released = min(fact.quantity, self.held[fact.share_id])
                self.held[fact.share_id] -= released
                self.stock[fact.lot_id] += released
        self.told += facts


def known_lot(lot_id: UUID, stock: int) -> KnownLot:
    return KnownLot(
        lot_id=lot_id,
        version=1,
        lot_code=str(lot_id)[-4:],
        seller_id=SARI,
        seller_name="Bu Sari",
        village=SERANG,
        commodity_id=CHILLI,
        grade="A",
        available=stock,
        price=35_000,
        ready_on=None,
        expires_on=DELIVERY,
        certificates=(),
    )


def play(quantities: list[int], stocks: list[int], **decided: Any) -> Play:
    """Lines and lots of so many kg, under the usual policy but for what is decided."""
    policy = Policy(cooperative_id=COOPERATIVE, **decided)
    wishes = [ordered(kg * KG, UUID(int=LINE.int + number)) for number, kg in enumerate(quantities)]
    stock = {UUID(int=number): kg * KG for number, kg in enumerate(stocks)}
    played = window()
    lines = take_book(played, [BookedOrder(ORDER, KITCHEN, NOON, wishes)])
    market = Market(
        batch=str(played.id),
        day=DELIVERY,
        parameters=policy.parameters(),
        minimum_steps=policy.minimum_steps,
        rounds=policy.rounds,
        pseudonyms=Pseudonyms(UUID(int=7)),
        villages={SERANG: (0, 0)},
        goods=[Good(CHILLI, "Cabai merah", "g", KG, ["A", "B"], KG, 36_000)],
        wishes=[
            Wish(line.id, KITCHEN, CHILLI, line.grade, line.quantity, line.cap, line.certificates)
            for line in lines
        ],
        lots=[known_lot(lot_id, grams) for lot_id, grams in stock.items()],
        credits=[],
    )
    return Play(stock=stock, lines=lines, market=market, window=played)
