"""The windows of a run: announced, ordered in, closed, asked, made firm, one after another as the clock is moved."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.faults.timeline import Timeline
from tests.faults.workload.selling import HOT_KG, list_lot
from tests.faults.workload.village import SOLD, Village

FOR_SALE = 5
CALLED_OFF = 0.15
AT_MOST_LATE = timedelta(hours=3)
CLOSES_ANYWAY = 0.25
DOUBTFUL = 2
WAITS_S = 40
Pause = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Pace:
    """Real seconds for each part of a window's life, and how many windows live side by side."""

    ordering_s: float = 8.0
    answering_s: float = 4.0
    windows: int = 2


@dataclass
class Season:
    """Moves the clock from deadline to deadline, and drawn so much beyond each: hours, while services may be down."""

    village: Village
    timeline: Timeline
    pace: Pace
    drawn: random.Random
    days: int = 0

    async def run(self, over: asyncio.Event) -> None:
        """Day after day until it is over; the last ends with a closed book, so that stock is held and asked for."""
        while not over.is_set():
            await self.day(over)
            self.days += 1

    async def day(self, over: asyncio.Event) -> None:
        """The windows of one day, from the announcement to firm."""
        village = self.village
        seller = self.drawn.randrange(village.sellers)
        village.hot = await list_lot(village, self.drawn, seller, SOLD, HOT_KG) or village.hot
        village.for_sale = FOR_SALE
        opened = [window for _ in range(self.pace.windows) if (window := await self._announce())]
        if not opened:
            return
        village.windows = [window["id"] for window in opened]
        await _pause(over, self.pace.ordering_s)
        await self._most_are_answered(over)
        await self._perhaps_call_off(village.windows)
        times = opened[0]
        self._pass("closes_at", times)
        await asyncio.sleep(1)
        village.windows = []
        village.orders = []
        for deadline in ("answer_by", "firm_at"):
            await _pause(over, self.pace.answering_s)
            if over.is_set():
                return
            self._pass(deadline, times)

    async def _most_are_answered(self, over: asyncio.Event) -> None:
        """A book that closes in an outage leaves all in doubt who ask again and hear no: only some books do."""
        if self.drawn.random() < CLOSES_ANYWAY:
            return
        deadline = time.monotonic() + WAITS_S
        while time.monotonic() < deadline and not over.is_set():
            if self.village.clients.in_doubt("orders") <= DOUBTFUL:
                return
            await _pause(over, 0.5)

    async def _announce(self) -> dict[str, Any] | None:
        now = self.village.now()
        command = self.village.clients.history.begin("cooperative", "cooperative.window_announced.v1")
        wish = {
            "name": command.marker,
            "commodities": [self.village.commodities[SOLD]],
            "delivery_day": str((now + timedelta(days=3)).date()),
            "opens_at": (now - timedelta(hours=1)).isoformat(),
            "closes_at": (now + timedelta(hours=12)).isoformat(),
            "answer_by": (now + timedelta(hours=24)).isoformat(),
            "round_minutes": 300,
            "firm_at": (now + timedelta(hours=42)).isoformat(),
            "time_zone": "Asia/Jakarta",
        }
        return await self.village.clients.tell(command, self.village.token("manager"), "/windows", wish)

    async def _perhaps_call_off(self, windows: list[str]) -> None:
        if self.drawn.random() < CALLED_OFF:
            window = self.drawn.choice(windows)
            command = self.village.clients.history.begin("cooperative", "cooperative.window_called_off.v1")
            await self.village.clients.tell(
                command,
                self.village.token("manager"),
                f"/windows/{window}/call-off",
                {"reason": command.marker},
            )

    def _pass(self, deadline: str, times: dict[str, Any]) -> None:
        late = self.drawn.random() * AT_MOST_LATE
        moment = datetime.fromisoformat(times[deadline]) + late
        self.village.move_to(moment)
        self.timeline.note("clock", deadline, f"moved to {late} after it")

    def end(self) -> None:
        """Beyond every delivery day, so that all there is to decide falls due."""
        self.village.move_to(self.village.now() + timedelta(days=6))
        self.timeline.note("clock", "the end", "moved beyond every delivery day")


async def _pause(over: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return
