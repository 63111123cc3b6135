"""`python -m bench`: how near to its limits the chassis runs; raw numbers go to bench/results/."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.footprint import footprint
from bench.history import history
from bench.latency import latency
from bench.measure import Figure, machine, say
from bench.ordering import ordering
from bench.projecting import projecting
from bench.recovery import recovery
from bench.relaying import relaying
from bench.stage import Stage, staged
from bench.table import markdown, paste, stored

RESULTS = Path("bench/results")
PAGE = Path("docs/performance.md")
HOME = Path(".lumbung/bench")


@dataclass(frozen=True)
class Size:
    """How much of everything; small sizes try the machinery, their figures mean nothing."""

    waiting: int = 100_000
    repeats: int = 3
    seconds: float = 4


Part = Callable[[Stage, Size], Awaitable[list[Figure]]]


async def _relay(stage: Stage, size: Size) -> list[Figure]:
    return [await relaying(stage, size.waiting, size.repeats)]


async def _projection(stage: Stage, size: Size) -> list[Figure]:
    return [await projecting(stage, size.waiting // 2, size.repeats)]


async def _history(stage: Stage, size: Size) -> list[Figure]:
    return await history(stage, size.waiting // 2, size.repeats)


async def _orders(stage: Stage, size: Size) -> list[Figure]:
    return await ordering(stage, size.seconds, size.repeats)


async def _latency(stage: Stage, size: Size) -> list[Figure]:
    return await latency(stage, size.seconds, size.repeats)


async def _recovery(stage: Stage, size: Size) -> list[Figure]:
    return await recovery(stage, size.repeats)


async def _footprint(stage: Stage, size: Size) -> list[Figure]:
    return await footprint(stage, size.seconds, size.repeats)


PARTS: dict[str, Part] = {
    "orders": _orders,
    "relay": _relay,
    "projection": _projection,
    "latency": _latency,
    "history": _history,
    "recovery": _recovery,
    "footprint": _footprint,
}


def main() -> int:
    asked = _asked()
    if asked.parts != ["paste"]:
        size = Size(2_000, 1, 1) if asked.quick else Size(repeats=asked.repeats)
        results = asked.results or (HOME / "results" if asked.quick else RESULTS)
        results.mkdir(parents=True, exist_ok=True)
        with staged(asked.home) as stage:
            asyncio.run(
                _run(stage, [one for one in asked.parts if one in PARTS] or list(PARTS), size, results)
            )
        print(markdown(stored(results)))
    if "paste" in asked.parts:
        paste(asked.results or RESULTS, PAGE)
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all; and paste"
    )
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="try the machinery; the figures mean nothing")
    parser.add_argument("--results", type=Path)
    parser.add_argument("--home", type=Path, default=HOME)
    return parser.parse_args()


async def _run(stage: Stage, parts: list[str], size: Size, results: Path) -> None:
    for number, name in enumerate(parts, start=1):
        before = machine()
        figures = await PARTS[name](stage, size)
        kept: dict[str, Any] = {"machine": before, "figures": [figure.kept() for figure in figures]}
        place = list(PARTS).index(name) + 1
        (results / f"bench-{place}-{name}.json").write_text(
            json.dumps(kept, indent=1) + "\n", encoding="utf-8"
        )
        say(f"{name} done ({number} of {len(parts)})")


if __name__ == "__main__":
    sys.exit(main())
