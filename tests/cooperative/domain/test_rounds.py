"""A whole window in plain Python: whatever catalog and sellers say, nothing is promised twice or taken away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

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
    ShareStatus,
    Sharing,
    SharingStatus,
    Window,
    Wish,
    become_firm,
    changes,
    close_shares,
    conclude,
    freeze,
    next_sharing,
    settle,
    shares_of,
    take_book,
)
from services.cooperative.domain.statuses import STANDING
from services.cooperative.events import LineFilled, LineShort, ReleaseWanted
from services.cooperative.sharing import Offer, Pseudonyms, Solved, solved
from tests.cooperative.people import (
    CHILLI,
    CLOSES,
    COOPERATIVE,
    DELIVERY,
    FIRM,
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

SAYS = st.sampled_from(["yes", "yes", "less", "no", "silent", "unheld", "part"])


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


def play(quantities: list[int], stocks: list[int]) -> Play:
    wishes = [ordered(kg * KG, UUID(int=LINE.int + number)) for number, kg in enumerate(quantities)]
    stock = {UUID(int=number): kg * KG for number, kg in enumerate(stocks)}
    played = window()
    lines = take_book(played, [BookedOrder(ORDER, KITCHEN, NOON, wishes)])
    market = Market(
        batch=str(played.id),
        day=DELIVERY,
        parameters=Policy(cooperative_id=COOPERATIVE).parameters(),
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


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=3),
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.lists(SAYS, min_size=60, max_size=60),
)
def test_nothing_is_promised_twice_and_no_yes_is_taken_away(
    quantities: list[int], stocks: list[int], said: list[str]
) -> None:
    window_played, at, sayings = play(quantities, stocks), CLOSES, iter(said)

    while opened := window_played.opens(at):
        yes_before = {share: share.quantity for share in window_played.shares if share.status in STANDING}
        for share in opened:
            window_played.says(share, next(sayings, "silent"))
        window_played.closes()
        assert all(share.quantity == quantity for share, quantity in yes_before.items())
        assert all(stock >= 0 for stock in window_played.stock.values())
        at += timedelta(minutes=70)
    ends_well(window_played)


def ends_well(ended: Play) -> None:
    ended.told += become_firm(ended.window, ended.shares)
    for share in ended.shares:
        ended.told += share.take_commitment(share.quantity)
    ended.told += settle(ended.window, ended.lines, ended.shares, {})
    ended.told += settle(ended.window, ended.lines, ended.shares, {})

    outcomes = [fact for fact in ended.told if isinstance(fact, LineFilled | LineShort)]
    committed = sum(share.quantity for share in ended.shares if share.status is ShareStatus.COMMITTED)
    assert sorted(fact.line_id for fact in outcomes) == sorted(line.id for line in ended.lines)
    assert all(fact.filled <= fact.ordered for fact in outcomes)
    assert sum(fact.filled for fact in outcomes) == committed
    assert all(share.held == share.released + share.quantity for share in ended.shares)


@settings(deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=3), st.lists(st.integers(1, 40), max_size=5))
def test_where_everyone_says_yes_one_round_fills_all_that_stock_allows(
    quantities: list[int], stocks: list[int]
) -> None:
    played = play(quantities, stocks)

    for share in played.opens(CLOSES):
        played.says(share, "yes")
    played.closes()

    promised = sum(share.quantity for share in played.shares)
    assert promised == min(sum(quantities), sum(stocks)) * KG
    assert played.opens(CLOSES + timedelta(hours=1)) == []


def test_a_line_remembers_that_there_was_no_time_to_ask_again() -> None:
    played = play([60], [20])
    for share in played.opens(CLOSES):
        played.says(share, "yes")
    played.closes()

    played.opens(FIRM - timedelta(minutes=59))
    played.told += become_firm(played.window, played.shares)
    played.shares[0].take_commitment(20 * KG)

    (short,) = settle(played.window, played.lines, played.shares, {SERANG: "Serang"})
    assert isinstance(short, LineShort)
    assert (short.reason, short.missing, short.villages[0].name) == ("TOO_LATE", 40 * KG, "Serang")


def test_a_line_that_no_lot_could_serve_says_so_also_when_time_is_up() -> None:
    played = play([30], [])
    played.opens(CLOSES)

    played.opens(FIRM - timedelta(minutes=59))
    become_firm(played.window, played.shares)

    (short,) = settle(played.window, played.lines, played.shares, {})
    assert isinstance(short, LineShort)
    assert short.reason == "NO_ELIGIBLE_LOT"


def test_a_line_is_not_settled_while_a_commitment_is_awaited() -> None:
    played = play([10], [20])
    for share in played.opens(CLOSES):
        played.says(share, "yes")

    become_firm(played.window, played.shares)

    assert settle(played.window, played.lines, played.shares, {}) == []


def test_a_false_record_of_a_window_called_off_meanwhile_is_dropped_and_bothers_nobody() -> None:
    played = play([10], [20])
    frozen = next_sharing(played.window, played.lines, {}, None, at=CLOSES, sharing_id=UUID(int=5))
    assert frozen is not None
    played.window.call_off("Jembatan putus", CLOSES)

    false = Solved("", "", "the engine failed")
    told = conclude(frozen, played.window, played.lines, false, at=CLOSES, manager_id=UUID(int=9))

    assert (told, frozen.status) == ([], SharingStatus.DROPPED)
