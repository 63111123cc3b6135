"""What a run's waits come to."""

from collections.abc import Sequence
from typing import NamedTuple


class Latencies(NamedTuple):
    """The rate that was reached, and milliseconds."""

    rate: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, p50 {self.p50:.1f} ms, p99 {self.p99:.1f} ms"


def percentile(ordered: Sequence[float], share: int) -> float:
    """The smallest of the ordered values that so many in a hundred do not exceed."""
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]
