"""All that is judged, in one list."""

from itertools import chain

from tests.faults.checker.books import judge_books
from tests.faults.checker.carrying import judge_carrying
from tests.faults.checker.commands import judge_commands
from tests.faults.checker.deadlines import judge_deadlines
from tests.faults.checker.evidence import Evidence
from tests.faults.checker.parking import judge_parking
from tests.faults.checker.projections import judge_projections
from tests.faults.checker.stock import judge_stock
from tests.faults.checker.taking import judge_taking
from tests.faults.checker.violation import Violation

INVARIANTS = (
    judge_commands,
    judge_carrying,
    judge_taking,
    judge_projections,
    judge_stock,
    judge_books,
    judge_deadlines,
    judge_parking,
)


def judge(evidence: Evidence) -> list[Violation]:
    """Every violation of every invariant."""
    return list(chain.from_iterable(invariant(evidence) for invariant in INVARIANTS))
