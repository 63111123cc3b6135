"""Fixtures that every test may use, and what every run is held to."""

import pytest

from tests.harness.stack import stack
from tests.order import place
from tests.skips import Skips

__all__ = ["pytest_collection_modifyitems", "pytest_configure", "stack"]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Skips.from_file())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))
