"""Cooperative on a real database, founded, with one window announced."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infra.stack import Stack
from services.cooperative.app import SERVICE
from tests.cooperative.people import founded
from tests.harness.service import ServiceUnderTest, under_test


@pytest.fixture
async def cooperative(stack: Stack, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    async with under_test(stack, SERVICE, tmp_path) as service:
        await founded(service)
        yield service
