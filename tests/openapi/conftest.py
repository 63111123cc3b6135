"""The four services and a story in the middle: an open window with orders, another with shares to answer."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from infra.stack import Stack
from tests.openapi.hamlet import Hamlet, hamlet
from tests.openapi.stage import Stage, staged


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def services(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hamlet]:
    async with hamlet(stack, tmp_path_factory.mktemp("openapi")) as started:
        yield started


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def stage(services: Hamlet) -> Stage:
    """What is stored, and who may do what with it."""
    return await staged(services)
