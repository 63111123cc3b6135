"""The embedded stack's clock: how many seconds its due rows are judged ahead of the database's clock."""

from pathlib import Path

from infra.files import write_whole


def read_offset(clock: Path) -> float:
    try:
        return float(clock.read_text() or 0)
    except FileNotFoundError:
        return 0.0


def set_offset(clock: Path, seconds: float) -> None:
    write_whole(clock, f"{seconds}\n")


def advance(clock: Path, seconds: float) -> float:
    """Moves time on (never back) and returns the new offset."""
    if seconds < 0:
        raise ValueError("time only moves on")
    offset = read_offset(clock) + seconds
    set_offset(clock, offset)
    return offset
