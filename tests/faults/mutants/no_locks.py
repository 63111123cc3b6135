"""Nothing is locked: of two who change the same thing, the one who began first may be told of second."""

from typing import Any

from services.chassis import locks
from tests.faults.mutants import replace


async def _take(session: Any, keys: Any, shared: Any) -> None:
    """Take none."""


def mutate() -> None:
    replace(locks, "take", _take)
