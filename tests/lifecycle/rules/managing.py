"""The manager announces windows, calls them off at any time, and decides how they are shared."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.lifecycle.people import MANAGER
from tests.lifecycle.rules.area import WHICH, Area, pick, told
from tests.lifecycle.story import clock_time

ANSWERED, FIRM = timedelta(hours=3), timedelta(hours=10)
MOST_WINDOWS = 3


class Managing(Area):
    @precondition(lambda self: len(self.rows("cooperative", "windows")) < MOST_WINDOWS)
    @rule(hours=st.integers(1, 4))
    @told
    async def a_window_is_announced(self, hours: int) -> str:
        return await self.announces(hours)

    async def announces(self, hours: int) -> str:
        now = self.life.ground.clock.moment
        closes = now + timedelta(hours=hours)
        times = {"opens_at": now - timedelta(minutes=5), "closes_at": closes}
        times |= {"answer_by": closes + ANSWERED, "firm_at": closes + FIRM}
        window = {
            "name": "Cabai",
            "commodities": [self.life.ground.chilli],
            "delivery_day": str((now + timedelta(days=2)).date()),
            "round_minutes": 60,
            "time_zone": "Asia/Jakarta",
            **{name: at.isoformat(timespec="seconds") for name, at in times.items()},
        }
        told = "cooperative.window_announced.v1"
        went = await self.life.asks(MANAGER, "cooperative", "/windows", window, told)
        return f"{MANAGER.name} announces a window: {_times(**times)}{went}"

    @precondition(lambda self: self.rows("cooperative", "windows"))
    @rule(which=WHICH)
    @told
    async def a_window_is_called_off(self, which: int) -> str:
        window = pick(self.rows("cooperative", "windows"), which)
        wish, told = {"reason": "Jembatan putus"}, "cooperative.window_called_off.v1"
        path = f"/windows/{window['id']}/call-off"
        went = await self.life.asks(MANAGER, "cooperative", path, wish, told)
        return f"{MANAGER.name} calls {self.name(window)} off{went}"

    @rule(rounds=st.sampled_from((1, 2, 10)), minimum=st.sampled_from((1, 5)))
    @told
    async def sharing_is_decided_anew(self, rounds: int, minimum: int) -> str:
        wish = {"first_share_permille": 250, "tier_permille": 50, "credit_permille": 80}
        wish |= {"rounds": rounds, "minimum_steps": minimum}
        manager = MANAGER.calls(self.life.ground.cooperative)
        await self.life.ground.tell(manager, "cooperative", "/policy", wish, method="PUT")
        return f"{MANAGER.name} decides: at most {rounds} rounds, at least {minimum} kg of a lot"


def _times(closes_at: datetime, answer_by: datetime, firm_at: datetime, **_: datetime) -> str:
    closes, answers, firm = map(clock_time, (closes_at, answer_by, firm_at))
    return f"orders until {closes}, answers until {answers}, firm {firm}"
