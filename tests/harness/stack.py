"""The test session's own stack: real PostgreSQL and Kafka, started once, stopped at the end."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.stack import Stack, open_stack

CHECKOUT = Path(__file__).parents[2]


def home() -> Path:
    """Where the tests' stack lives: beside the people's, never the same; each worker of a run has its own."""
    chosen = Path(os.environ.get("LUMBUNG_TEST_HOME", CHECKOUT / ".lumbung" / "tests"))
    return chosen / os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """PostgreSQL and Kafka, running."""
    started = open_stack(home())
    started.start()
    yield started
    started.stop()
