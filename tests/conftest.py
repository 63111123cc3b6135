"""Fixtures that every test may use, and what every run is held to."""

import pytest

from tests.harness.stack import stack
from tests.skips import Skips

__all__ = ["pytest_configure", "stack"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Skips.from_file())
