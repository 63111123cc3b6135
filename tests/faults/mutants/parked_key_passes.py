"""A bad event is set aside alone: later events of its key are applied without it."""

from collections.abc import Iterable
from typing import Any

from services.chassis import inbox
from tests.faults.mutants import replace


async def _none(tx: Any, records: Iterable[Any]) -> set[tuple[str, str]]:
    return set()


def mutate() -> None:
    replace(inbox, "parked_keys", _none)
