"""A service that is killed again and again while it shares a window: nothing is offered twice, and nothing is lost."""

import asyncio
from collections import Counter
from contextlib import suppress
from uuid import UUID

import pytest

from services.chassis import points
from services.chassis.due import Sweep
from services.cooperative.sharing.solving import PAGE
from tests.cooperative.people import ANSWER_BY, CLOSES, MANAGER, SARI
from tests.cooperative.steps import reads
from tests.cooperative.test_large_window import order
from tests.cooperative.told import book, lot
from tests.harness.service import APART, ServiceUnderTest

ORDERS = 6
LIVES = 300
WANTED, CHANGED = "cooperative.hold_wanted.v1", "cooperative.share_changed.v1"


class Dies:
    """Before one of its commits: later in each life, so that every transaction is hit and each in the end commits."""

    def __init__(self, commits: int) -> None:
        self.left = commits

    async def __call__(self, point: str) -> None:
        self.left -= point == "before-commit"
        if self.left == 0:
            raise asyncio.CancelledError


async def killed_until_done(cooperative: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Sweep in many lives, each of which knows nothing of the one before; answers how many it took."""
    for life in range(1, LIVES):
        running = cooperative.running
        sweep = Sweep(running.database, running.reactions, None, running.steps, APART)
        dies = Dies(life)
        with monkeypatch.context() as patched, suppress(asyncio.CancelledError):
            patched.setattr(points, "_listeners", [dies])
            while await sweep.once() or await sweep.ahead.settled():
                pass
            return life
    raise AssertionError("it never came to its end")


async def test_a_service_killed_at_every_commit_asks_every_seller_once_and_closes_each_share_once(
    cooperative: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [order(number) for number in range(ORDERS)]
    lots = [lot(SARI, 100_000, lot_id=UUID(int=9_000 + n)) for n in range(150)]
    await cooperative.receives(*lots, *orders, book(*[(one.order_id, 1) for one in orders]))

    cooperative.moves_to(CLOSES)
    lives = await killed_until_done(cooperative, monkeypatch)
    wanted = await cooperative.events(WANTED)
    cooperative.moves_to(ANSWER_BY)
    lives_to_close = await killed_until_done(cooperative, monkeypatch)

    first, *_ = await cooperative.events("cooperative.sharing_published.v1")
    record = (await reads(cooperative, MANAGER, f"/sharings/{first['sharing_id']}"))["record"]
    assert len(wanted) == len(record["lines"]) > 2 * PAGE
    assert len({one["share_id"] for one in wanted}) == len(wanted)
    assert sum(one["quantity"] for one in wanted) == sum(line["quantity"] for line in record["lines"])
    ended = Counter(one["share_id"] for one in await cooperative.events(CHANGED))
    assert ended == Counter(one["share_id"] for one in wanted)
    assert min(lives, lives_to_close) > 5
