"""Orders on a real database, with one open window and its commodities already heard; it is noon of a day in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infra.stack import Stack
from services.orders.app import SERVICE
from tests.harness.service import ServiceUnderTest, under_test
from tests.orders.facts import announced, basket_listed, chilli_listed
from tests.orders.people import NOON


@pytest.fixture
async def orders(stack: Stack, tmp_path: Path) -> AsyncIterator[ServiceUnderTest]:
    async with under_test(stack, SERVICE, tmp_path) as service:
        service.moves_to(NOON)
        await service.receives(chilli_listed(), basket_listed(), announced())
        await service.falls_due()
        yield service
