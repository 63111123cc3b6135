"""The table of all known-bad designs, read from what each run of `make mutants` has left."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.scenarios import MUTANTS, SEEDS
from tests.faults.table import as_table, kept

TRUE = "true"


def results(out: Path) -> list[dict[str, Any]]:
    """One per run that was made, the true design first; each says its scenario too."""
    found = []
    scenarios = sorted(set(MUTANTS.values()))
    for design, scenario in [*((TRUE, one) for one in scenarios), *MUTANTS.items()]:
        folders = [out / f"{design}-{scenario}" / str(seed) for seed in SEEDS]
        found += [
            {**kept(folder), "scenario": scenario} for folder in folders if (folder / "result.json").exists()
        ]
    return found


def markdown(runs: Sequence[dict[str, Any]]) -> str:
    """How often each design was judged rightly, as what it was seen, and how long that took."""
    rows = [("design", "scenario", "caught", "seen as", "seconds, longest")]
    for design, scenario in dict.fromkeys((one["mutant"], one["scenario"]) for one in runs):
        own = [one for one in runs if (one["mutant"], one["scenario"]) == (design, scenario)]
        wrong = sum(bool(one["violations"] or (not design and one["wrong"])) for one in own)
        seen = Counter(kind for one in own for kind in one["violations"])
        longest = max(sum(one["seconds"].values()) for one in own)
        rows.append(
            (
                f"`{design}`" if design else "the true design",
                scenario,
                f"{wrong} of {len(own)}" if design else f"passes {len(own) - wrong} of {len(own)}",
                ", ".join(f"{kind} ({times})" for kind, times in seen.most_common()) or "-",
                f"{longest:.0f}",
            )
        )
    return as_table(rows)
