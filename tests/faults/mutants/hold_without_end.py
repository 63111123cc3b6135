"""A hold outlives its expiry: the duty is done, and the stock stays set aside."""

from typing import Any

from services.catalog.domain.hold import Hold
from tests.faults.mutants import replace


def _expire(self: Any, lot: Any) -> tuple[()]:
    return ()


def mutate() -> None:
    replace(Hold, "expire", _expire)
