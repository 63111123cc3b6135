"""What one decline costs, and which of its steps cost most."""

import time
from typing import Any

from bench.sharing.timing import timed
from services.cooperative.sharing.engine import Batch, reshare
from services.cooperative.sharing.engine.eligibility import pools
from services.cooperative.sharing.engine.record import Record
from services.cooperative.sharing.engine.reshare import shared_again, stands

TIMES = 3
# What the engine's trace says at the end of a step; the last is done when all is.
STEPS = (("villages", "4 stock and dues anew, villages"), ("given", "5-6 given, steps"))
LAST = "7-8 buyers, exchanges"


def declined(batch: Batch, record: Record) -> dict[str, Any]:
    """CPU of the fastest of three: the first line declined, the pools (step 1) at hand, which no answer changes.

    Steps 4 to 8 are the solving; the rest writes and hashes the whole record anew. The service and the command hold no
    pools between records: to them reading and step 1 come on top.
    """
    line = record["lines"][0]
    change = {"changes": [{"lot": line["lot"], "demand": line["demand"], "kind": "declined"}]}
    known, standing = pools(batch), stands(record, change)
    frozen = standing.batch(batch)

    def solving() -> dict[str, float]:
        steps, before = dict.fromkeys([*(name for _, name in STEPS), LAST], 0.0), time.process_time()

        def told(text: str) -> None:
            nonlocal before
            now = time.process_time()
            steps[next((name for sign, name in STEPS if sign in text), LAST)] += now - before
            before = now

        shared_again(frozen, record, standing, known, told)
        steps[LAST] += time.process_time() - before
        return steps

    used, steps = min((timed(solving)[1:] for _ in range(TIMES)), key=lambda one: float(one[0]))
    whole = min(timed(lambda: reshare(batch, record, change, known=known))[1] for _ in range(TIMES))
    return {
        "one decline: solving, CPU ms": round(1000 * used, 1),
        "and its record": round(1000 * whole, 1),
        "decline": {name: round(1000 * value, 1) for name, value in steps.items()},
    }
