"""The checker: judges a run from databases and topics alone. It shares no code with the services or their chassis."""

from tests.faults.checker.evidence import Evidence
from tests.faults.checker.judge import judge
from tests.faults.checker.violation import Anomaly, Violation

__all__ = ["Anomaly", "Evidence", "Violation", "judge"]
