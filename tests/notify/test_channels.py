"""Telegram's answers, good and bad, over real HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from demo.bot_api import Answer, BotApi, serving
from services.notify.channels import Channel, open_channels
from services.notify.domain import Outcome
from services.notify.sending import LEASE
from services.notify.settings import NotifySettings
from tests.notify.people import SARIS_CHAT


def settings(url: str, **more: Any) -> NotifySettings:
    told = {"telegram_url": url, "telegram_token": "4077001:stand-in", "telegram_timeout": 0.5, **more}
    return NotifySettings.model_validate({"database_url": "postgresql://", "keys": Path("keys.json"), **told})


@pytest.mark.parametrize("token", ["", " ", None])
def test_an_empty_token_is_none(token: str | None) -> None:
    assert settings("http://localhost", telegram_token=token).telegram_token is None


@pytest.mark.parametrize("seconds", [0, 15.5, 60])
def test_a_timeout_that_could_outlast_a_senders_lease_is_refused(seconds: float) -> None:
    with pytest.raises(
        ValidationError, match="LUMBUNG_TELEGRAM_TIMEOUT must be more than 0 and at most 15 s"
    ):
        settings("http://localhost", telegram_timeout=seconds)

    assert settings("http://localhost", telegram_timeout=15).telegram_timeout * 2 <= LEASE


@pytest.fixture
async def telegram(bot: BotApi) -> AsyncIterator[Channel]:
    async with serving(bot) as url, open_channels(settings(url)) as channels:
        yield channels["telegram"]


async def test_a_text_arrives_in_the_persons_chat(telegram: Channel, bot: BotApi) -> None:
    receipt = await telegram.hand_over(SARIS_CHAT, "Bu Sari, 50 kg & <cabai>\nJawab 1")

    assert receipt.outcome is Outcome.SENT
    assert [(one["chat_id"], one["text"]) for one in bot.received] == [
        (SARIS_CHAT, "Bu Sari, 50 kg & <cabai>\nJawab 1")
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(status=400), Outcome.REJECTED),
        (Answer(status=403), Outcome.BLOCKED),
        (Answer(status=401), Outcome.UNAVAILABLE),
        (Answer(status=409), Outcome.UNAVAILABLE),
        (Answer(status=500), Outcome.UNAVAILABLE),
        (Answer(status=502), Outcome.UNAVAILABLE),
        (Answer(then="drop"), Outcome.UNAVAILABLE),
        (Answer(then="hang"), Outcome.UNAVAILABLE),
    ],
    ids=lambda value: f"{value.status}-{value.then}" if isinstance(value, Answer) else str(value),
)
async def test_only_what_the_person_or_the_message_is_to_blame_for_ends_a_message(
    telegram: Channel, bot: BotApi, answer: Answer, outcome: Outcome
) -> None:
    bot.answers.append(answer)

    receipt = await telegram.hand_over(SARIS_CHAT, "Halo")

    assert receipt.outcome is outcome, receipt
    assert receipt.detail
    assert "stand-in" not in receipt.detail


async def test_a_429_says_how_long_to_keep_quiet(telegram: Channel, bot: BotApi) -> None:
    bot.answers.append(Answer(status=429, retry_after=17))

    receipt = await telegram.hand_over(SARIS_CHAT, "Halo")

    assert (receipt.outcome, receipt.wait) == (Outcome.UNAVAILABLE, timedelta(seconds=17))


async def test_a_provider_that_is_not_there_is_unavailable() -> None:
    async with serving(BotApi()) as url:
        gone = url
    async with open_channels(settings(gone)) as channels:
        receipt = await channels["telegram"].hand_over(SARIS_CHAT, "Halo")

    assert receipt.outcome is Outcome.UNAVAILABLE


async def test_without_a_token_there_is_only_the_list() -> None:
    async with open_channels(settings("http://127.0.0.1:1", telegram_token=None)) as channels:
        assert list(channels) == ["list"]
        assert (await channels["list"].hand_over(None, "Halo")).outcome is Outcome.SENT
