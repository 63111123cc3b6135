"""What a run is told by: a table for people, and everything as JSON beside history and timeline."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.faults.history import Command
from tests.faults.stage import Outcome
from tests.faults.timeline import Timeline

MOST_TOLD = 30


def figures(outcome: Outcome) -> dict[str, Any]:
    """The numbers of a run."""
    history, evidence = outcome.history, outcome.evidence
    records = [len(records) for records in evidence.topics.values()]
    first = sum(map(len, evidence.first.values()))
    facts = sum(len(rows) for topic, rows in evidence.topics.items() if not topic.endswith(".dead-letters"))
    return {
        "seed": outcome.plan.seed,
        "mutant": outcome.plan.mutant,
        "faults": dict(sorted(outcome.faults.items())),
        "commands": len(history.commands),
        "outcomes": dict(history.outcomes),
        "unknown": round(history.share_of(history.outcomes["unknown"]), 4),
        "crossing two services": round(history.share_of(crossing(history.commands, evidence.receives)), 3),
        "contending for one lot": round(history.share_of(sum(one.contends for one in history.commands)), 3),
        "retried": sum(len(one.attempts) > 1 for one in history.commands),
        "reads": history.reads,
        "events": first,
        "records": sum(records),
        "duplicates dropped": facts - first,
        "parked": sum(len(kept.parked) for kept in evidence.services.values()),
        "windows": len(evidence.services["cooperative"].rows("windows")),
        "shares": len(evidence.services["cooperative"].rows("shares")),
        "days": outcome.days,
        **_ending(outcome),
    }


def _ending(outcome: Outcome) -> dict[str, Any]:
    """How it recovered, and what was found."""
    return {
        "recovery_s": dict(sorted(outcome.recovery.items())),
        "hand_over_s": outcome.hand_overs,
        "seconds": {name: round(took, 1) for name, took in outcome.seconds.items()},
        "left": str(outcome.left) if outcome.left else "",
        "violations": dict(Counter(str(one.anomaly) for one in outcome.violations)),
        "wrong": outcome.wrong,
    }


def crossing(commands: Iterable[Command], receives: Mapping[str, Mapping[str, str]]) -> int:
    """How many ask for what another service takes in; `receives`: per service its types and their topics."""
    takers: dict[str, set[str]] = defaultdict(set)
    for service, types in receives.items():
        for taken in types:
            takers[taken].add(service)
    return sum(bool(takers[one.type] - {one.service}) for one in commands)


def write(outcome: Outcome, folder: Path, timeline: Timeline) -> None:
    """`result.json`, and each violation with the lines of the timeline around it."""
    told = figures(outcome)
    told["told"] = [
        {**asdict(one), "at": str(one.at or ""), "around": timeline.around(one.at) if one.at else []}
        for one in outcome.violations
    ]
    (folder / "result.json").write_text(json.dumps(told, indent=1) + "\n")


def show(outcome: Outcome, folder: Path, timeline: Timeline, console: Console) -> None:
    """The table of one run, and its violations."""
    told = figures(outcome)
    table = Table(
        title=f"seed {outcome.plan.seed}{f' with {outcome.plan.mutant}' if outcome.plan.mutant else ''}"
    )
    table.add_column("figure")
    table.add_column("value", overflow="fold")
    for name, value in told.items():
        if name not in {"seed", "mutant"}:
            table.add_row(name, _in_words(value))
    console.print(table)
    for violation in outcome.violations[:MOST_TOLD]:
        console.print(str(violation), style="red", markup=False, soft_wrap=True)
        for line in timeline.around(violation.at) if violation.at else []:
            console.print(f"    {line}", markup=False, soft_wrap=True)
    if len(outcome.violations) > MOST_TOLD:
        console.print(f"... and {len(outcome.violations) - MOST_TOLD} more in {folder / 'result.json'}")
    verdict = "passed" if outcome.passed else f"FAILED: {len(outcome.violations)} violations"
    console.print(f"{verdict}; history, timeline and result in {folder}", markup=False, soft_wrap=True)


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items()) or "-"
    return str(value)
