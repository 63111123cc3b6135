"""A skipped test proves nothing: each skip stands in `tests/allowed_skips` with its reason, or fails the run."""

from pathlib import Path

import pytest

FILE = Path(__file__).with_name("allowed_skips")


class Skips:
    """Sees every report; the run fails where a skip is not allowed for that test with that reason."""

    def __init__(self, allowed: list[tuple[str, str]]) -> None:
        self._allowed = allowed
        self.refused: list[str] = []

    @classmethod
    def from_file(cls, file: Path = FILE) -> "Skips":
        lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
        return cls([(test, reason) for test, _, reason in (line.rpartition(": ") for line in lines)])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.judge(report.nodeid, report.longrepr[2] if isinstance(report.longrepr, tuple) else "")

    def judge(self, test: str, said: str) -> None:
        if not any(test.startswith(known) and said.endswith(reason) for known, reason in self._allowed):
            self.refused.append(f"{test}: {said}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.refused:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for skip in self.refused:
            terminalreporter.write_line(f"NOT ALLOWED TO SKIP {skip} (see tests/allowed_skips)", red=True)
