"""`python -m tests.faults [--quick] [--seeds 1,2]` runs the suite, `mutants` tries it, `paste` keeps both's tables."""

import argparse
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

import uvloop
from rich.console import Console

from infra.home import CHECKOUT, Home
from tests.faults import report, table, tried
from tests.faults.ground.ground import Ground
from tests.faults.ground.stack import forget
from tests.faults.mutating import try_mutants
from tests.faults.plan import Plan, quick, whole
from tests.faults.run import TIMELINE, Run
from tests.faults.scenarios import MUTANTS
from tests.faults.scenarios import SEEDS as MUTANT_SEEDS
from tests.faults.stage import Outcome
from tests.faults.table import PAGE, paste
from tests.faults.timeline import Timeline
from tests.harness.stack import home

SEEDS = (20_273, 20_274, 20_275)
"""Of each, and of all together, `test_plan` says what they draw."""
console = Console(highlight=False)


def main() -> int:
    told = _options()
    if told.what == "mutants":
        return 0 if uvloop.run(_mutants(told)) else 1
    if told.what == "paste":
        return _paste(told)
    seeds = told.seeds or (SEEDS[:1] if told.quick else SEEDS)
    plans = [quick(seed) if told.quick else whole(seed) for seed in seeds]
    if told.seconds:
        plans = [plan.but(seconds=told.seconds, more_s=0) for plan in plans]
    if told.kinds is not None:
        plans = [plan.but(kinds=told.kinds) for plan in plans]
    if told.clients:
        plans = [plan.but(habits=replace(plan.habits, clients=told.clients)) for plan in plans]
    outcomes = _play([plan.but(mutant=told.mutant) for plan in plans], told)
    results = [table.kept(told.out / str(plan.seed)) for plan in plans]
    console.print(table.markdown(results), markup=False, soft_wrap=True)
    broken = table.broken(results) if plans == [whole(seed) for seed in SEEDS] else []
    for limit in broken:
        console.print(f"BROKEN: {limit}", style="red", markup=False)
    return 0 if all(outcome.passed for outcome in outcomes) and not broken else 1


def _play(plans: list[Plan], told: argparse.Namespace) -> list[Outcome]:
    """One after the other; what the machine did not grant in one seed's time, the next may make up for in its own."""
    outcomes, owed = list[Outcome](), 0
    for plan in plans:
        wanted = plan.commits + owed if plan.commits else 0
        outcomes.append(uvloop.run(run(plan.but(commits=wanted), told.out, told.keep)))
        owed = max(0, wanted - outcomes[-1].history.outcomes["acknowledged"])
    return outcomes


def _paste(told: argparse.Namespace) -> int:
    """The tables of the last whole run, and of the last of all mutants, into their places on the page."""
    results = [table.kept(told.out / str(seed)) for seed in told.seeds or SEEDS]
    paste(PAGE, "faults", table.markdown(results))
    paste(PAGE, "mutants", tried.markdown(tried.results(told.out / "mutants")))
    return 0


async def _mutants(told: argparse.Namespace) -> bool:
    names = [told.mutant] if told.mutant else list(MUTANTS)
    root = Home((home() / "mutants").resolve())
    return await try_mutants(names, told.seeds or MUTANT_SEEDS, root, told.out / "mutants", console)


async def run(plan: Plan, out: Path, keep: bool) -> Outcome:
    """One seed on a stack of its own, from nothing."""
    folder = out / str(plan.seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began = time.monotonic()
    root = home() / f"faults-{plan.brokers}"
    if not keep:
        forget(Home(root.resolve()))
    timeline = Timeline(folder / TIMELINE)
    ground = Ground(Home(root.resolve()), timeline, plan.brokers, plan.linked)
    console.print(f"seed {plan.seed}: starting {plan.brokers} broker(s) and PostgreSQL")
    try:
        await ground.start()
        outcome = await Run(plan, ground, folder).play()
    finally:
        await ground.stop()
    outcome.seconds["whole"] = time.monotonic() - began
    report.write(outcome, folder, timeline)
    report.show(outcome, folder, timeline, console)
    return outcome


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("what", nargs="?", choices=("faults", "mutants", "paste"), default="faults")
    parser.add_argument("--quick", action="store_true", help="one seed, one broker, the core faults")
    parser.add_argument("--seeds", type=_numbers, default=None)
    parser.add_argument("--seconds", type=float, help="of workload, instead of what the plan says")
    parser.add_argument("--clients", type=int, help="instead of as many as the plan says")
    parser.add_argument("--kinds", type=lambda text: tuple(filter(None, text.split(","))), default=None)
    parser.add_argument("--mutant", help="run with this known-bad design")
    parser.add_argument("--out", type=Path, default=CHECKOUT / "faults")
    parser.add_argument("--keep", action="store_true", help="do not begin with an empty home")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
