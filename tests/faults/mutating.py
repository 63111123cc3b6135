"""`python -m tests.faults mutants`: every known-bad design must be caught, and the true one must pass."""

import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from infra.home import Home
from tests.faults import report
from tests.faults.ground.ground import Ground
from tests.faults.ground.stack import forget
from tests.faults.plan import Plan
from tests.faults.run import TIMELINE, Run
from tests.faults.scenarios import MOST_ROUNDS, MUTANTS, SCENARIOS
from tests.faults.stage import Outcome
from tests.faults.timeline import Timeline

BOUND_S = 35 * 60


@dataclass(frozen=True)
class Verdict:
    """What one run of one design came to, and why."""

    name: str
    scenario: str
    seed: int
    right: bool
    why: str
    took: float

    def __str__(self) -> str:
        told = "right" if self.right else "WRONG"
        return f"{told:6} {self.name:26} {self.scenario:8} seed {self.seed}  {self.took:5.1f} s  {self.why}"


async def try_mutants(
    names: Sequence[str], seeds: Sequence[int], home: Home, out: Path, console: Console
) -> bool:
    """All on one stack, one after another; whether every verdict was right."""
    began = time.monotonic()
    forget(home)
    out.mkdir(parents=True, exist_ok=True)
    ground = Ground(home, Timeline(out / "mutants.jsonl"))
    verdicts: list[Verdict] = []
    try:
        await ground.start()
        for plan, scenario in _plans(names, seeds):
            if time.monotonic() - began > BOUND_S:
                console.print(f"stopped: {BOUND_S / 60:.0f} minutes are over", style="red")
                break
            verdicts.append(await _try(plan, scenario, ground, out))
            console.print(str(verdicts[-1]), markup=False, soft_wrap=True)
    finally:
        await ground.stop()
    _show(verdicts, console, time.monotonic() - began)
    return len(verdicts) == len(list(_plans(names, seeds))) and all(one.right for one in verdicts)


def _plans(names: Sequence[str], seeds: Sequence[int]) -> Iterator[tuple[Plan, str]]:
    """The true design on every scenario that is used, then each mutant on its own, until it is caught."""
    for scenario in sorted({MUTANTS[name] for name in names}):
        for seed in seeds:
            yield SCENARIOS[scenario](seed), scenario
    for name in names:
        for seed in seeds:
            yield SCENARIOS[MUTANTS[name]](seed).but(mutant=name, rounds=MOST_ROUNDS), MUTANTS[name]


async def _try(plan: Plan, scenario: str, ground: Ground, out: Path) -> Verdict:
    began = time.monotonic()
    folder = out / f"{plan.mutant or 'true'}-{scenario}" / str(plan.seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ground.timeline = Timeline(folder / TIMELINE)
    await ground.clean()
    outcome = await Run(plan, ground, folder).play()
    report.write(outcome, folder, ground.timeline)
    right = bool(outcome.violations) if plan.mutant else outcome.passed
    return Verdict(
        plan.mutant or "(true design)", scenario, plan.seed, right, _why(outcome), time.monotonic() - began
    )


def _why(outcome: Outcome) -> str:
    kinds = sorted({str(one.anomaly) for one in outcome.violations})
    first = f": {outcome.violations[0].what[:90]}" if outcome.violations else ""
    return f"{', '.join(kinds) or 'no violation'}{first}{' '.join(outcome.wrong)}"


def _show(verdicts: Sequence[Verdict], console: Console, took: float) -> None:
    table = Table(title=f"{len(verdicts)} runs in {took / 60:.1f} min")
    for column in ("design", "scenario", "right", "seen as"):
        table.add_column(column, overflow="fold")
    for name in dict.fromkeys(one.name for one in verdicts):
        own = [one for one in verdicts if one.name == name]
        seen = "; ".join(dict.fromkeys(one.why.partition(":")[0] for one in own))
        scenarios = ", ".join(dict.fromkeys(one.scenario for one in own))
        table.add_row(name, scenarios, f"{sum(one.right for one in own)} of {len(own)}", seen)
    console.print(table)
