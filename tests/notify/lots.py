"""Lots that are listed, and what chats saw of them."""

from uuid import UUID

from demo.bot_api import BotApi
from tests.harness.service import ServiceUnderTest
from tests.notify.people import SARI, SARIS_CHAT, lot_listed


def quantities(bot: BotApi, chat: int = SARIS_CHAT) -> list[int]:
    """Kilograms of the lots that a chat was told of, in the order it saw them."""
    return [int(one["text"].split(" kg")[0].split()[-1]) for one in bot.received if one["chat_id"] == chat]


async def listed(notify: ServiceUnderTest, *kilograms: int, seller: UUID = SARI) -> None:
    for quantity in kilograms:
        await notify.receives(lot_listed(seller, quantity * 1000))
