"""The sweep looks for what fell due within the last hour: a longer outage loses the rest."""

from datetime import datetime, timedelta
from typing import Any

from services.chassis.due import Sweep
from tests.faults.mutants import replace

HOUR = timedelta(hours=1)
_page = Sweep._page


async def _recent(self: Any, now: datetime, after: Any = None) -> Any:
    page = await _page(self, now, after)
    while page and all(row.at < now - HOUR for row in page):
        page = await _page(self, now, page[-1])
    return [row for row in page if row.at >= now - HOUR]


def mutate() -> None:
    replace(Sweep, "_page", _recent)
