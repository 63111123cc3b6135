"""First expired, first out among one seller's alike lots, steps and minimums kept."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.cooperative.sharing.engine.expiry import earliest

Lots = tuple[int, list[int], list[int], list[int]]


@st.composite
def lots(draw: st.DrawFn) -> Lots:
    """Step, and of each lot what it gives, its stock and what it lacks to its minimum: a true sharing."""
    step = draw(st.sampled_from((1, 2)))
    count = draw(st.integers(2, 5))
    lacks = [step * draw(st.sampled_from((0, 2, 4))) for _ in range(count)]
    stock = [max(one, step * draw(st.integers(1, 8))) for one in lacks]
    gives = [
        step * draw(st.integers(max(one // step, 1), has // step)) if draw(st.booleans()) else 0
        for one, has in zip(lacks, stock, strict=True)
    ]
    return step, gives, stock, lacks


def _true(step: int, gives: list[int], stock: list[int], lacks: list[int]) -> bool:
    return all(
        0 <= own <= has and own % step == 0 and (own == 0 or own >= max(need, step))
        for own, has, need in zip(gives, stock, lacks, strict=True)
    )


@settings(max_examples=2000, derandomize=True, deadline=None)
@given(lots())
def test_nothing_that_gives_later_could_lie_earlier(drawn: Lots) -> None:
    step, gives, stock, lacks = drawn

    found = earliest(gives, stock, lacks, step)

    assert sum(found) == sum(gives)
    assert _true(step, found, stock, lacks)
    for early, late in combinations(range(len(found)), 2):
        for amount in range(step, found[late] + 1, step):
            other = list(found)
            other[early] += amount
            other[late] -= amount
            assert not _true(step, other, stock, lacks), (found, other)


def test_three_minimums_that_cannot_be_poured_are_moved_one_by_one() -> None:
    assert earliest([0, 5, 7], [5, 5, 8], [4, 4, 4], 1) == [5, 0, 7]
