"""What buyers find in the database of orders: open windows, one commodity, a few hundred lots; and what they send."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.chassis.access import Caller
from services.chassis.clock import Clock
from services.chassis.database import Database, open_engine
from services.chassis.ids import new_id
from services.orders import queries
from services.orders.events import CommodityListed, LotListed, WindowAnnounced

WINDOWS = 1_000
LOTS = 300
FIRST_WINDOW = UUID("01920000-0000-7000-8000-000000000000")
CHILLI = UUID("01920000-0000-7000-8001-000000000001")
COOPERATIVE = UUID("01920000-0000-7000-8001-000000000002")
BUYER = Caller(UUID("01920000-0000-7000-8001-000000000003"), "buyer")
DAY = timedelta(days=1)


def window_id(number: int) -> UUID:
    return UUID(int=FIRST_WINDOW.int + number)


def wish(number: int) -> bytes:
    """The body of one order in that window."""
    line = {"commodity_id": str(CHILLI), "grade": "A", "quantity": 5_000, "cap": 38_000}
    return json.dumps({"window_id": str(window_id(number)), "lines": [line]}).encode()


async def open_market(url: str) -> None:
    engine = open_engine(url)
    now = datetime.now(UTC)
    async with Database(engine, Clock(None), "orders", lambda: None).transaction() as tx:
        await queries.list_commodity(
            tx,
            CommodityListed(
                commodity_id=CHILLI, version=1, cooperative_id=COOPERATIVE, name="Cabai merah", unit="g",
                per=1_000, grades=("A", "B"), step=1_000,
            ),
        )  # fmt: skip
        for number in range(WINDOWS):
            await queries.announce_window(tx, _window(number, now))
        for _ in range(LOTS):
            await queries.list_lot(tx, _lot())
    await engine.dispose()


def _window(number: int, now: datetime) -> WindowAnnounced:
    return WindowAnnounced(
        window_id=window_id(number), version=1, cooperative_id=COOPERATIVE, code=f"W{number}", name="Jumat",
        commodities=(CHILLI,), delivery_day=(now + 3 * DAY).date(), opens_at=now - DAY, closes_at=now + DAY,
        time_zone="Asia/Jakarta",
    )  # fmt: skip


def _lot() -> LotListed:
    return LotListed(
        lot_id=new_id(), version=1, commodity_id=CHILLI, grade="A", quantity=50_000, price=34_000,
        ready_on=None, expires_on=None, certificates=(),
    )  # fmt: skip
