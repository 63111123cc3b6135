"""What holds for every order, whatever a buyer does and in whatever order outcomes are told."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.event import Event
from services.chassis.problem import Refused
from services.orders.domain import Order, Status, Wish, lines_of
from services.orders.domain.books import digest
from services.orders.events import BookedOrder
from tests.orders.facts import filled
from tests.orders.people import (
    BASKET,
    BASKET_LINE,
    CHILLI,
    CHILLI_LINE,
    CLOSES,
    KG,
    KNOWN,
    NOON,
    basket_wish,
    chilli_wish,
    lines,
    placed_order,
    window,
)

WISHES = st.builds(
    Wish,
    st.uuids(),
    st.sampled_from([CHILLI, BASKET]),
    st.integers(1, 10**12),
    st.integers(1, 10**12),
    st.sampled_from([None, "A", "B", "C"]),
)
STEPS = st.lists(st.sampled_from(["change", "change stale", "change late", "cancel", "cancel late"]))


@given(st.lists(WISHES, min_size=1, max_size=5))
def test_an_accepted_line_is_a_multiple_of_its_step_in_a_grade_that_exists(wishes: list[Wish]) -> None:
    try:
        accepted = lines_of(wishes, window(), KNOWN)
    except Refused:
        return

    for line in accepted:
        commodity = KNOWN[line.commodity_id]
        assert line.quantity % commodity.step == 0
        assert line.grade is None or line.grade in commodity.grades


@given(STEPS)
def test_versions_of_an_order_have_no_gap_whatever_is_tried(steps: list[str]) -> None:
    order = placed_order()

    told = [event.version for step in steps if (event := _tried(order, step)) is not None]

    assert told == list(range(2, order.version + 1))


def _tried(order: Order, step: str) -> Event | None:
    at = CLOSES if step.endswith("late") else NOON
    seen = 0 if step == "change stale" else order.version
    try:
        if step.startswith("change"):
            return order.change(lines(), window=window(), seen=seen, at=at)
        return order.cancel("sudah cukup", window=window(), at=at)
    except Refused:
        return None


@given(st.permutations([CHILLI_LINE, BASKET_LINE]), st.integers(0, 500), st.integers(0, 40))
def test_the_outcome_of_an_order_does_not_depend_on_which_line_is_told_first(
    told: list[UUID], chilli: int, baskets: int
) -> None:
    order = placed_order(chilli_wish(500 * KG), basket_wish(40))
    got = {CHILLI_LINE: chilli * KG, BASKET_LINE: baskets}

    for line_id in told:
        order.hear(filled().model_copy(update={"line_id": line_id, "filled": got[line_id]}))

    everything = chilli == 500 and baskets == 40
    nothing = chilli == 0 and baskets == 0
    assert order.status is (Status.FILLED if everything else Status.SHORT if nothing else Status.PARTLY)


@given(st.dictionaries(st.uuids(), st.integers(1, 50), min_size=1))
def test_two_books_that_differ_in_one_version_have_different_digests(versions: dict[UUID, int]) -> None:
    book = [BookedOrder(order_id=order, version=version) for order, version in versions.items()]
    other = [book[0].model_copy(update={"version": book[0].version + 1}), *book[1:]]

    assert digest(book) != digest(other)
