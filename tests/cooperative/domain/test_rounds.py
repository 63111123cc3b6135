"""A whole window in plain Python: whatever catalog and sellers say, nothing is promised twice or taken away."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.cooperative.domain import (
    ShareStatus,
    SharingStatus,
    become_firm,
    conclude,
    next_sharing,
    settle,
)
from services.cooperative.domain.statuses import STANDING
from services.cooperative.events import LineFilled, LineShort
from services.cooperative.sharing import Solved
from tests.cooperative.domain.play import Play, play
from tests.cooperative.people import CLOSES, FIRM, KG, SERANG

SAYS = st.sampled_from(["yes", "yes", "less", "no", "silent", "unheld", "part"])


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=3),
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
    st.lists(SAYS, min_size=60, max_size=60),
    st.integers(1, 4),
)
def test_nothing_is_promised_twice_and_no_yes_is_taken_away(
    quantities: list[int], stocks: list[int], said: list[str], rounds: int
) -> None:
    window_played, at, sayings = play(quantities, stocks, rounds=rounds), CLOSES, iter(said)

    while opened := window_played.opens(at):
        yes_before = {share: share.quantity for share in window_played.shares if share.status in STANDING}
        for share in opened:
            window_played.says(share, next(sayings, "silent"))
        window_played.closes()
        assert all(share.quantity == quantity for share, quantity in yes_before.items())
        assert all(stock >= 0 for stock in window_played.stock.values())
        at += timedelta(minutes=70)
    heard = {share.round for share in window_played.shares if share.ended_by != "TOO_LATE_HELD"}
    assert len(heard) <= rounds
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
