"""The world without fault, for each test its own."""

import pytest

from tests.faults.checker import Evidence
from tests.faults.judged.world import right


@pytest.fixture
def world() -> Evidence:
    return right()
