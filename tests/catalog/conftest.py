"""Catalog on a real database, with the cooperative's list already heard."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infra.stack import Stack
from services.catalog.app import SERVICE
from tests.catalog.people import basket_listed, chilli_listed
from tests.harness.service import ServiceUnderTest, under_test


@pytest.fixture
async def catalog(stack: Stack, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    async with under_test(stack, SERVICE, tmp_path) as service:
        await service.receives(chilli_listed(), basket_listed())
        yield service
