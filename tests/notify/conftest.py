"""Notify on a real database, and Telegram's stand-in on a real port."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.bot_api import BotApi, serving
from infra.stack import Stack
from services.notify.app import SERVICE
from tests.harness.service import ServiceUnderTest, under_test
from tests.notify.replica import Replicas


@pytest.fixture
async def bot() -> BotApi:
    return BotApi()


@pytest.fixture
async def notify(stack: Stack, tmp_path: Path, bot: BotApi) -> AsyncIterator[ServiceUnderTest]:
    async with serving(bot) as url:
        more = {"telegram_url": url, "telegram_token": "4077001:stand-in", "telegram_timeout": 1}
        async with under_test(stack, SERVICE, tmp_path, **more) as service:
            yield service


@pytest.fixture
async def sending(notify: ServiceUnderTest) -> AsyncIterator[Replicas]:
    """Senders as replicas of the service run them; none runs before it is started."""
    replicas = Replicas(notify)
    yield replicas
    await replicas.stop()
