"""Ways to reach a person: his chat on Telegram, or only the list that he reads over HTTP."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Protocol

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from services.notify.domain import Outcome, Receipt
from services.notify.events import ChannelName
from services.notify.settings import NotifySettings

LONGEST_DETAIL = 300
CONNECTIONS = 8


class Channel(Protocol):
    """One way to reach people."""

    async def hand_over(self, chat: int | None, text: str) -> Receipt:
        """Hand a text to the provider and say what became of it; whatever the provider does, never raises."""
        ...


Channels = Mapping[ChannelName, Channel]


class StoredList:
    """The stored message is the delivery: it is there to be read."""

    async def hand_over(self, chat: int | None, text: str) -> Receipt:
        del chat, text
        return Receipt(Outcome.SENT)


class Telegram:
    """A chat on Telegram, through its Bot API, which costs nothing. What people write back is not read here.

    Being told to keep quiet (429) counts for that chat alone: Telegram does not say whether it means more.
    """

    def __init__(self, bot: Bot, deadline: timedelta) -> None:
        self._bot = bot
        self._deadline = deadline

    async def hand_over(self, chat: int | None, text: str) -> Receipt:
        try:
            async with asyncio.timeout(self._deadline.total_seconds()):
                await self._bot.send_message(chat_id=chat or 0, text=text)
        except TimeoutError:
            return Receipt(Outcome.UNAVAILABLE, "no answer in time")
        except TelegramError as error:
            return _receipt(error)
        return Receipt(Outcome.SENT)


def _receipt(error: TelegramError) -> Receipt:
    detail = f"{type(error).__name__}: {error.message}"[:LONGEST_DETAIL]
    match error:
        case RetryAfter(retry_after=timedelta() as wait):
            return Receipt(Outcome.UNAVAILABLE, detail, wait)
        case Forbidden():
            return Receipt(Outcome.BLOCKED, detail)
        case BadRequest() | ChatMigrated():
            return Receipt(Outcome.REJECTED, detail)
    # All else is the provider's or our own trouble (5xx, timeouts, a wrong token): the message is not at fault.
    return Receipt(Outcome.UNAVAILABLE, detail)


@asynccontextmanager
async def open_channels(settings: NotifySettings) -> AsyncIterator[Channels]:
    """The list, and Telegram where a token is set; it need not answer yet."""
    if settings.telegram_token is None:
        yield {"list": StoredList()}
        return
    async with _request(settings.telegram_timeout) as request:
        base_url = f"{settings.telegram_url.rstrip('/')}/bot"
        bot = Bot(
            settings.telegram_token.get_secret_value(), base_url, request=request, get_updates_request=request
        )
        yield {"list": StoredList(), "telegram": Telegram(bot, settings.telegram_timeout)}


def _request(timeout: timedelta) -> HTTPXRequest:
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else each `retry_after` warns that it will become one
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and ours hold the token
    logging.getLogger("telegram").setLevel(
        logging.CRITICAL
    )  # a stack trace for each 502; the sender logs a line
    seconds = timeout.total_seconds()
    return HTTPXRequest(CONNECTIONS, seconds, seconds, seconds, seconds)
