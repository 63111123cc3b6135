"""A skip must stand in `tests/allowed_skips` with its reason; any other makes the run fail."""

from pathlib import Path

import pytest

ALLOWED = Path(__file__).parents[1] / "allowed_skips"


class SkipCheck:
    """Pytest plugin: collects skips, and turns a green run with an unexplained one red."""

    def __init__(self) -> None:
        lines = [line for line in ALLOWED.read_text().splitlines() if line and not line.startswith("#")]
        self._allowed = dict(line.split(": ", 1) for line in lines)
        self.unexplained: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not self._explained(report):
            self.unexplained.append(f"{report.nodeid}: {report.longreprtext}")

    def _explained(self, report: pytest.TestReport) -> bool:
        reasons = [why for test, why in self._allowed.items() if report.nodeid.startswith(test)]
        return any(why in report.longreprtext for why in reasons)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.unexplained and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for skip in self.unexplained:
            terminalreporter.write_line(f"not in tests/allowed_skips: {skip}", red=True)
