"""A leader is never deposed: whoever holds the lock leads, also when its process stands still."""

from typing import Any

from services.chassis.leader import Seat
from tests.faults.mutants import replace


def _is_silent(self: Any, pid: int, beat: object) -> bool:
    return False


def mutate() -> None:
    replace(Seat, "_is_silent", _is_silent)
