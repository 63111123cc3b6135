"""The four services, started once for all flows; each story founds a cooperative of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from demo.bot_api import BotApi, serving
from demo.story import Story
from infra.stack import Stack
from tests.harness.flows import Villages, villages


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def running(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Villages]:
    """All services, serving HTTP, with a Bot API stand-in for Telegram."""
    folder = tmp_path_factory.mktemp("flows")
    async with (
        serving(BotApi()) as telegram,
        villages(stack, folder, telegram_url=telegram, telegram_token="1:test") as started,
    ):
        yield started


@pytest.fixture
def story(running: Villages) -> Story:
    """A new story: other people, other villages' stock, another cooperative."""
    return Story.begun(running.world, lambda _: None)
