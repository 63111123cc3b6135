"""`python -m bench.sharing`: everything, in at most twenty minutes; raw numbers go to bench/results/."""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.sharing.compare import as_table
from bench.sharing.health import watched
from bench.sharing.manipulation import table
from bench.sharing.paste import paste
from bench.sharing.plots import draw
from bench.sharing.season import COLUMNS, Season, columns, season, villages_of
from bench.sharing.sizes import SIZES, measured
from bench.sharing.worlds import PLENTY, days, prices_of, size_of, statistics

RESULTS = Path("bench/results")
VILLAGES = (3, 12, 50)


def main() -> int:
    asked = _asked()
    RESULTS.mkdir(parents=True, exist_ok=True)
    prices = prices_of(asked.prices) if asked.prices else None
    _keep("machine", {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()})
    if "sizes" in asked.parts:
        _sizes()
    if "worlds" in asked.parts:
        _worlds(asked.days, asked.seeds, prices)
    if "manipulation" in asked.parts:
        _manipulation(asked.tries, asked.days)
    if "health" in asked.parts:
        _health(asked.lots, asked.orders, asked.seconds)
    if "paste" in asked.parts:
        paste(RESULTS, Path("docs/sharing.md"))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.sharing", description=__doc__)
    parser.add_argument("parts", nargs="*", default=["sizes", "worlds", "manipulation"])
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--tries", type=int, default=60)
    parser.add_argument(
        "--lots", type=int, default=100_000, help="of the sharing during which health is asked"
    )
    parser.add_argument("--orders", type=int, default=5_000, help="order lines of that sharing")
    parser.add_argument("--seconds", type=float, default=1800, help="after which that sharing is left")
    parser.add_argument("--prices", type=Path, help="a price list whose medians are the reference prices")
    return parser.parse_args()


def _keep(name: str, found: Any) -> None:
    written = json.dumps(found, indent=1, ensure_ascii=False)
    (RESULTS / f"sharing-{name}.json").write_text(written + "\n", encoding="utf-8")


def _say(*lines: str) -> None:
    print("\n".join(lines), flush=True)


def _sizes() -> None:
    rows = []
    for lots, orders in SIZES:
        print(f"{lots} lots x {orders} orders ...", file=sys.stderr, flush=True)
        rows.append(measured(lots, orders))
    _keep("sizes", rows)
    _say(
        "",
        "## Sizes (one process)",
        *as_table([{k: v for k, v in row.items() if k != "trace"} for row in rows]),
    )


def _worlds(count: int, seeds: int, prices: dict[str, int] | None) -> None:
    kept, drawn, summary = [], [], []
    for villages in VILLAGES:
        for supply in PLENTY:
            rows = []
            for seed in range(1, seeds + 1):
                found, one, raw = _world(villages, supply, seed, count, prices)
                rows += found
                kept.append(raw)
                drawn.append((raw["world"], one))
            summary += _summed(f"{villages} {supply}", rows)
    _keep("worlds", kept)
    _keep("summary", summary)
    _say("", "## Worlds: median over seeds (lowest - highest)", *as_table(summary))
    pictured = [row for one in kept for row in one["rows"]]
    draw(pictured, drawn[-2 * seeds :], RESULTS / "sharing.png")


def _world(
    villages: int, supply: str, seed: int, count: int, prices: dict[str, int] | None
) -> tuple[list[dict[str, Any]], dict[str, Season], dict[str, Any]]:
    world = size_of(villages, supply, seed)
    of = days(world, count, prices)
    _say(f"{world.name}: {statistics(of)}")
    begun, gaps = time.perf_counter(), list[float]()
    seasons = season(of, gaps)
    places = villages_of(of)
    rows = [{"rule": rule, **columns(one, places)} for rule, one in seasons.items()]
    seconds = {rule: round(sum(one.seconds), 3) for rule, one in seasons.items()}
    raw = {
        "world": world.name,
        "statistics": statistics(of),
        "rows": rows,
        "seconds": seconds,
        "solver": "HiGHS by scipy.optimize.milp, relative gap 1e-5, 10 s a day",
        "largest gap": max(gaps),
        "took s": round(time.perf_counter() - begun, 1),
    }
    return rows, seasons, raw


def _summed(world: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for rule in dict.fromkeys(row["rule"] for row in rows):
        own = [row for row in rows if row["rule"] == rule]
        values = {name: _spread([row[name] for row in own]) for name in COLUMNS}
        found.append({"world": world, "rule": rule, **values})
    return found


def _spread(values: list[float]) -> str:
    if max(values) - min(values) < 0.0005:
        return f"{median(values):.3f}"
    return f"{median(values):.3f} ({min(values):.3f} - {max(values):.3f})"


def _manipulation(tries: int, count: int) -> None:
    rows = table(tries, count, max(3, tries // 10))
    _keep("manipulation", rows)
    _say("", "## Does lying pay?", *as_table(rows))


def _health(lots: int, orders: int, longest_s: float) -> None:
    found = watched(lots, orders, longest_s)
    _keep(f"health-{lots}", found)
    _say("", f"## Health while the service shares {lots} lots x {orders} lines", *as_table(found["phases"]))


if __name__ == "__main__":
    sys.exit(main())
