"""`python -m bench.sharing`: all rules on the same files, in at most twenty minutes on two cores.

Parts: sizes, worlds, manipulation, declines, openings, policies, floors (of the kept worlds), paste; all of them when
none is named. Raw numbers and pictures go to bench/results/, tables to standard output and into docs/sharing.md.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from bench.sharing import sizes
from bench.sharing.declines import declines
from bench.sharing.floors import floors, missed
from bench.sharing.manipulation import MARKETS, SEASONS, SHARES, lying
from bench.sharing.openings import INSTANCES, chosen_villages
from bench.sharing.paste import paste
from bench.sharing.plots import draw
from bench.sharing.policies import policies
from bench.sharing.report import report
from bench.sharing.supply import prices_of
from bench.sharing.tables import PUBLISHED, printed, walls
from bench.sharing.worlds import PLENTY

RESULTS, MANUAL = Path("bench/results"), Path("docs/sharing.md")
VILLAGES = (50, 12, 3)


def _sizes(_pool: ProcessPoolExecutor, _asked: argparse.Namespace) -> Any:
    """In one process, alone, so that nothing else of this bench takes its core."""
    return [sizes.measured(*size) for size in sizes.SIZES]


def _worlds(pool: ProcessPoolExecutor, asked: argparse.Namespace) -> Any:
    prices = prices_of(asked.prices) if asked.prices else None
    each = [
        (villages, supply, seed, asked.days, prices)
        for villages in VILLAGES
        for supply in PLENTY
        for seed in range(1, 1 + asked.seeds * (2 if f"{villages} {supply}" == PUBLISHED else 1))
    ]
    kept = _together(pool, report, each)
    largest = [one for one in kept if one["villages"] == max(VILLAGES)]
    pictured = [one for one in largest if one["supply"] == "middle"]
    rows = [row for one in pictured for row in one["rows"]]
    draw(rows, [(one["world"], one["got of hak"]) for one in pictured], RESULTS / "sharing.png")
    return kept


def _policies(pool: ProcessPoolExecutor, asked: argparse.Namespace) -> Any:
    return _flat(
        _together(
            pool, policies, [(villages, supply, asked.days) for villages in VILLAGES for supply in PLENTY]
        )
    )


def _floors(pool: ProcessPoolExecutor, asked: argparse.Namespace) -> Any:
    """Of the kept worlds, those of few villages that miss the target of imbalance."""
    kept = json.loads((RESULTS / "sharing-worlds.json").read_text(encoding="utf-8"))
    prices = prices_of(asked.prices) if asked.prices else None
    return _flat(_together(pool, floors, [(seeds, asked.days, prices) for seeds in missed(kept)]))


def _openings(pool: ProcessPoolExecutor, _asked: argparse.Namespace) -> Any:
    return _together(pool, chosen_villages, INSTANCES)


def _declines(pool: ProcessPoolExecutor, asked: argparse.Namespace) -> Any:
    each = [(villages, supply, min(2, asked.seeds), 10) for villages in VILLAGES for supply in PLENTY]
    return _together(pool, declines, each)


def _manipulation(pool: ProcessPoolExecutor, asked: argparse.Namespace) -> Any:
    seasons = [
        (share, market, asked.days, max(3, asked.tries // 10)) for share in SHARES for market in SEASONS
    ]
    each = seasons + [(share, market, 1, asked.tries) for share in SHARES for market in MARKETS]
    return _flat(_together(pool, lying, each))


PARTS: dict[str, Callable[[ProcessPoolExecutor, argparse.Namespace], Any]] = {
    "sizes": _sizes,
    "worlds": _worlds,
    "manipulation": _manipulation,
    "declines": _declines,
    "openings": _openings,
    "policies": _policies,
    "floors": _floors,
}


def main() -> int:
    asked = _asked()
    RESULTS.mkdir(parents=True, exist_ok=True)
    took: dict[str, float] = {}
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        for name in (part for part in PARTS if part in asked.parts):
            print(f"{name} ...", file=sys.stderr, flush=True)
            begun = time.perf_counter()
            kept = PARTS[name](pool, asked)
            took[name] = round(time.perf_counter() - begun, 1)
            _keep(name, kept)
            print("\n".join(printed(name, kept)), flush=True)
    print("\n".join(walls(RESULTS)), flush=True)
    if took:
        _machine(took)
    if "paste" in asked.parts:
        paste(RESULTS, MANUAL)
    return 0


def _asked() -> argparse.Namespace:
    every = [*PARTS, "paste"]
    parser = argparse.ArgumentParser(prog="python -m bench.sharing", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(every)}; all without any")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument(
        "--seeds", type=int, default=2, help="of each kind of world; twice as many of the published one"
    )
    parser.add_argument("--tries", type=int, default=60)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--prices", type=Path, help="a price list whose medians are the reference prices")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(every)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    asked.parts = asked.parts or every
    return asked


def _machine(took: dict[str, float]) -> None:
    """Adds to what is kept of parts that ran before: when the machine is busy, the clock measures the others too."""
    kept = RESULTS / "sharing-machine.json"
    before = json.loads(kept.read_text(encoding="utf-8")).get("parts", {}) if kept.exists() else {}
    load = round(os.getloadavg()[0], 1)
    ran = {name: {"seconds": seconds, "load average": load} for name, seconds in took.items()}
    whole = {"cores": os.cpu_count(), "python": platform.python_version(), "parts": before | ran}
    _keep("machine", whole)
    used = [getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    minutes = sum(one.ru_utime + one.ru_stime for one in used) / 60
    parts = ", ".join(f"{name} {seconds} s" for name, seconds in took.items())
    print(f"\ntook: {parts or 'nothing'}; {minutes:.1f} minutes of CPU", flush=True)


def _keep(name: str, found: Any) -> None:
    written = json.dumps(found, indent=None if name == "worlds" else 1, ensure_ascii=False)
    (RESULTS / f"sharing-{name}.json").write_text(written + "\n", encoding="utf-8")


def _together(
    pool: ProcessPoolExecutor, work: Callable[..., Any], each: Iterable[tuple[Any, ...]]
) -> list[Any]:
    """The results in the order asked for, as many at once as there are processes."""
    waiting = [pool.submit(work, *one) for one in each]
    found = []
    for one in waiting:
        found.append(one.result())
        print(f"  {len(found)} of {len(waiting)}", end="\r", file=sys.stderr, flush=True)
    return found


def _flat(rows: list[list[Any]]) -> list[Any]:
    return [row for own in rows for row in own]


if __name__ == "__main__":
    sys.exit(main())
