"""What a closed book holds; no database."""

from hashlib import sha256
from uuid import UUID

import pytest

from services.chassis.ids import new_id
from services.orders.domain import close
from services.orders.domain.refusals import (
    TooLate,
)
from services.orders.events import BookedOrder
from tests.orders.people import (
    A_SECOND,
    CLOSES,
    window,
)


def test_a_book_holds_every_order_in_its_version_and_anyone_can_check_its_digest() -> None:
    later, earlier = UUID(int=2), UUID(int=1)
    placed = [BookedOrder(order_id=later, version=1), BookedOrder(order_id=earlier, version=3)]
    shut = window()

    book, closed = close(shut, placed, at=CLOSES + A_SECOND)

    assert [(each.order_id, each.version) for each in closed.orders] == [(earlier, 3), (later, 1)]
    assert closed.digest == sha256(f"{earlier}:3\n{later}:1\n".encode()).hexdigest() == book.digest
    assert (closed.version, closed.due_at, closed.closed_at) == (1, CLOSES, CLOSES + A_SECOND)
    assert shut.closed_at == CLOSES + A_SECOND


def test_a_book_closes_once_and_also_when_it_is_empty() -> None:
    shut = window()

    _, closed = close(shut, [], at=CLOSES)

    assert (closed.orders, closed.digest) == ((), sha256(b"").hexdigest())
    with pytest.raises(TooLate):
        close(shut, [BookedOrder(order_id=new_id(), version=1)], at=CLOSES)
