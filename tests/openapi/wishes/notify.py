"""What is granted by notify: of contacts and messages."""

from tests.openapi.stage import KITCHEN, Stage
from tests.openapi.wishes.wish import Wish, wish


@wish("notify PUT /contacts/{person_id}")
async def set_contact(on: Stage) -> Wish:
    contact = {"name": "Dapur Kota", "language": "id", "channel": "telegram", "chat": 1_017}
    return Wish(on.caller(KITCHEN), {"person_id": str(on.story.ids[KITCHEN.short])}, contact)


@wish("notify GET /contacts/{person_id}")
async def see_contact(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"person_id": str(on.story.ids[KITCHEN.short])})


@wish("notify GET /messages")
async def see_messages(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), query={"person_id": str(on.story.ids[KITCHEN.short])})


@wish("notify GET /messages/{message_id}")
async def see_message(on: Stage) -> Wish:
    return Wish(on.caller(KITCHEN), {"message_id": await on.message()})
