"""Each missed target beside its wall: what nobody could beat, what steps do, and which policy would reach it."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from bench.sharing.policies import reaching
from bench.sharing.targets import CHEAPEST, Report, Target, misses, of


def walled(reports: Sequence[Report], policies: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Medians over the seeds; policies were tried on the first seed."""
    return [_row(name, target, own, policies) for name, target, own in misses(reports)]


def _row(world: str, target: Target, own: list[Report], policies: list[dict[str, Any]]) -> dict[str, str]:
    missed = [one for one in own if not target.met(one)]
    return {
        "world": world,
        "target": f"{target.name} {'<=' if target.at_most else '>='} {target.limit}",
        "reached": f"{median(target.value(one) for one in own):.3f}",
        "met in": f"{len(own) - len(missed)} of {len(own)}",
        "cheapest first": f"{median(of(one, CHEAPEST, target.column) for one in own):.3f}",
        "nobody is below": _floor(target, own),
        "misses nobody could avoid": f"{sum(_proved(target, one) for one in missed)} of {len(missed)}",
        "without steps and minimums": f"{median(target.units(one) for one in own):.3f}",
        "reached by (seed 1)": reaching(target, world, policies),
    }


def _floor(target: Target, own: list[Report]) -> str:
    floors = [floor for one in own if (floor := target.floor(one)) is not None]
    return f"{median(floors):.3f}" if floors else "-"


def _proved(target: Target, report: Report) -> bool:
    floor = target.floor(report)
    return floor is not None and floor > target.limit
